/**
 * What a visitor does, round after round; tells the server when one is over. Its text is put into the page's own document (`unwatched.ts`), so it names
 * nothing outside of itself.
 *
 * @param short runs of one epoch: where the processor plays the GPU, rounds of whole ones would be too few
 */
export async function visit(short: boolean): Promise<void> {
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  /** The first answer that is there; after so many minutes it never comes. */
  async function soon<T>(find: () => T | null | undefined | false, what: string, minutes = 1): Promise<T> {
    const until = performance.now() + 60_000 * minutes;
    for (;;) {
      const found = find();
      if (found) return found;
      if (performance.now() > until) throw new Error(`no ${what}`);
      await pause(50);
    }
  }

  const named = (selector: string, text: string) =>
    [...document.querySelectorAll<HTMLButtonElement>(selector)].find(
      (element) => element.textContent?.trim() === text && !element.disabled,
    );
  const click = async (selector: string, text: string) => (await soon(() => named(selector, text), `${selector} “${text}”`)).click();
  const enter = async (room: string) => {
    location.hash = room;
    await pause(300);
  };
  const said = () => document.querySelector('header [role=status]')?.textContent;
  /** Starts something, and waits for its end. */
  const run = async (button: string, end: string) => {
    await click('button', button);
    await soon(() => said() !== end, `begin of “${button}”`);
    await soon(() => said() === end, `state “${end}”`, 4);
  };
  const write = (field: HTMLInputElement | HTMLTextAreaElement, text: string) => {
    // React sees what the element's own class sets, and then hears of it.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const fill = async (label: string, text: string) => {
    const find = () => [...document.querySelectorAll<HTMLLabelElement>('main label')].find((one) => one.textContent?.trim() === label);
    const field = (await soon(find, `field “${label}”`)).control as HTMLInputElement;
    field.focus();
    write(field, text);
    field.blur();
  };

  const parts = [
    async function experiment() {
      await enter('/train');
      if (short) await fill('Epochs', '1');
      await run('Run', 'Experiment complete');
      await enter('/compare');
      await enter('/try');
      const field = await soon(() => document.querySelector<HTMLTextAreaElement>('main textarea'), 'field');
      write(field, 'a lovely, bright thing');
      await pause(2000);
    },
    async function race() {
      await enter('/train/race');
      if (short) for (const label of ['Epochs', 'Seeds']) await fill(label, '1');
      await run('Start race', 'Race complete');
    },
    async function factorize() {
      await enter('/factorize');
      await click('label', 'The whole table');
      await pause(2000);
      await click('label', 'This experiment’s words');
    },
    async function learn() {
      await enter('/learn');
      const links = await soon(() => {
        const all = [...document.querySelectorAll('main a[href^="#/learn/"]')].map((link) => link.getAttribute('href') ?? '');
        return all.length > 0 && all;
      }, 'pieces');
      for (const link of links) {
        location.hash = link;
        await pause(1500);
        named('button', 'Play')?.click();
        await pause(500);
      }
    },
  ];

  try {
    for (let round = 1; ; round++) {
      for (const part of parts) await part();
      // The browser is started with it.
      (globalThis as unknown as { gc(): void }).gc();
      await pause(500);
      await fetch('/round', { method: 'POST', body: String(round) });
    }
  } catch (error) {
    await fetch('/broken', { method: 'POST', body: String(error) });
  }
}
