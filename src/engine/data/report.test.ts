import { describe, expect, it } from 'vitest';
import { reportDataset, reportEmbeddings } from './report';
import { datasetOf, vectorsOf } from './testing';

const vectors = vectorsOf({ good: [1, 2], the: [3, 4] });

describe('reportEmbeddings', () => {
  it('counts words and bytes', () => {
    expect(reportEmbeddings(vectors)).toMatchObject({
      words: 2,
      dimension: 2,
      sizeBytes: 16,
      sample: ['good', 'the'],
      format: 'GloVe text',
    });
  });
});

describe('reportDataset', () => {
  it('counts sentences, classes, repeated texts and coverage', () => {
    const report = reportDataset(datasetOf(['good good', 'odd', 'the good', 'odd', 'odd'], [0, 1, 0, 1, 1], [0, 0, 0, 1, 2]), vectors);
    expect(report).toMatchObject({
      sentences: 5,
      tasks: [
        {
          id: 'task',
          classes: [
            { name: 'class 0', count: 2 },
            { name: 'class 1', count: 3 },
          ],
          majorityShare: 0.6,
          imbalance: 1.5,
        },
      ],
      ownSplit: { train: 3, validation: 1, test: 1 },
      duplicateTexts: 3,
      leakedTexts: 1,
      tokens: 7,
      types: 3,
      coveredTokens: 4 / 7,
      coveredTypes: 2 / 3,
      lengthHistogram: { binWidth: 1, counts: [0, 3, 2] },
    });
    expect(report.sample).toHaveLength(5);
    expect(report.sample[2]).toEqual({ text: 'the good', labels: { task: 'class 0' } });
  });

  it('shows sentences of several classes, whether they are sorted by class or come in turn', () => {
    const texts = Array.from({ length: 360 }, () => 'good');
    for (const labels of [texts.map((_, i) => Math.floor(i / 30)), texts.map((_, i) => i % 12)]) {
      const { sample } = reportDataset(datasetOf(texts, labels, null), vectors);
      expect(sample).toHaveLength(6);
      expect(new Set(sample.map((sentence) => sentence.labels.task)).size).toBeGreaterThan(2);
    }
  });

  it('knows of no leak where there is no split, and counts a text once however often it leaks', () => {
    const texts = ['a', 'a', 'a', 'b', 'b', 'c'];
    const leaked = (split: number[] | null) => reportDataset(datasetOf(texts, [0, 0, 0, 1, 1, 1], split), vectors).leakedTexts;
    expect(leaked(null)).toBeNull();
    expect(leaked([0, 1, 2, 0, 2, 0])).toBe(2);
    expect(leaked([0, 0, 0, 1, 1, 2])).toBe(0);
  });

  it('bins lengths by a round width', () => {
    const lengths = [0, 3, 99, 100, 239];
    const { lengthHistogram } = reportDataset(
      datasetOf(
        lengths.map((n) => 'a '.repeat(n)),
        [0, 1, 0, 1, 0],
      ),
      vectors,
    );
    expect(lengthHistogram.binWidth).toBe(10);
    expect(lengthHistogram.counts).toHaveLength(24);
    expect(lengthHistogram.counts.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect([lengthHistogram.counts[0], lengthHistogram.counts[9], lengthHistogram.counts[10], lengthHistogram.counts[23]]).toEqual([
      2, 1, 1, 1,
    ]);
  });
});
