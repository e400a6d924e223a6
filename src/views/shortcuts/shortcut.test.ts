// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { pageShortcuts } from './registry';
import { isTaken, isTyping, KeyReader, keyOf, pairMs, type Shortcut } from './shortcut';

const shortcut = (id: string, ...keys: string[]): Shortcut => ({ id, keys, does: id, where: 'Here', run: () => {} });
const all = [shortcut('train', 'g t', '3'), shortcut('theme', 't'), shortcut('run', 'r')];
const ids = (keys: [string, number][]) => {
  const reader = new KeyReader();
  return keys.map(([key, atMs]) => {
    const found = reader.press(key, atMs, all);
    return found === null || found === 'pending' ? found : found.id;
  });
};

describe('keys', () => {
  it('do what is registered for them, alone or in pairs', () => {
    expect(
      ids([
        ['3', 0],
        ['r', 1],
        ['q', 2],
      ]),
    ).toEqual(['train', 'run', null]);
    expect(
      ids([
        ['g', 0],
        ['t', 500],
      ]),
    ).toEqual(['pending', 'train']);
  });

  it('do not do both: the second of a pair is not a key by itself, but is one when it comes too late or fits no pair', () => {
    expect(
      ids([
        ['g', 0],
        ['t', 500],
        ['t', 600],
      ]),
    ).toEqual(['pending', 'train', 'theme']);
    expect(
      ids([
        ['g', 0],
        ['t', pairMs + 1],
      ]),
    ).toEqual(['pending', 'theme']);
    expect(
      ids([
        ['g', 0],
        ['r', 10],
      ]),
    ).toEqual(['pending', 'run']);
    expect(
      ids([
        ['g', 0],
        ['g', 10],
        ['t', 20],
      ]),
    ).toEqual(['pending', 'pending', 'train']);
  });

  it('are the same with the shift key where they are letters', () => {
    expect(['P', 'p', '?', 'Escape', 'ArrowLeft'].map((key) => keyOf({ key }))).toEqual(['p', 'p', '?', 'Escape', 'ArrowLeft']);
  });

  it('of the page are each taken once, and none of them begins another', () => {
    const keys = pageShortcuts.flatMap((one) => one.keys);
    expect(new Set(keys).size).toBe(keys.length);
    const firsts = new Set(keys.filter((key) => key.includes(' ')).map((key) => key.split(' ')[0]));
    expect(keys.filter((key) => firsts.has(key))).toEqual([]);
    expect(new Set(pageShortcuts.map(({ id }) => id)).size).toBe(pageShortcuts.length);
  });
});

it('leaves the keys to fields that are typed into, and takes them elsewhere', () => {
  document.body.innerHTML = `
    <input id="text"><input id="number" type="number"><input id="search" type="search"><textarea id="area"></textarea><select id="select"></select>
    <div id="rich" contenteditable="true"></div><div role="textbox" id="box"></div><div role="menu"><button id="item"></button></div>
    <input id="range" type="range"><input id="check" type="checkbox"><button id="button"></button><div id="div"></div>`;
  const typing = (id: string) => isTyping(document.getElementById(id));
  expect(['text', 'number', 'search', 'area', 'select', 'rich', 'box', 'item'].filter((id) => !typing(id))).toEqual([]);
  expect(['range', 'check', 'button', 'div'].filter(typing)).toEqual([]);
  expect(isTyping(null)).toBe(false);
});

it('leaves arrows to what uses them itself', () => {
  document.body.innerHTML =
    '<input id="range" type="range"><svg id="chart" tabindex="0"><g id="within"></g></svg><button id="button"></button>';
  const taken = (key: string, id: string) => isTaken(key, document.getElementById(id));
  expect(['range', 'chart', 'within', 'button'].map((id) => taken('ArrowRight', id))).toEqual([true, true, true, false]);
  expect(taken('r', 'range')).toBe(false);
  document.body.innerHTML = '';
});
