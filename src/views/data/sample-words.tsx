import classes from './data-room.module.css';

export function SampleWords({ words }: { words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <div>
      <h3 className={classes.subhead}>First words</h3>
      <p className={classes.words}>
        {words.map((word, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: words of a visitor's file may repeat
          <span key={i} className={classes.word}>
            {word}
          </span>
        ))}
      </p>
    </div>
  );
}
