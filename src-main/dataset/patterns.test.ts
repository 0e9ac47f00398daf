import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { attacksOn, attackText, textsFor, type Attack } from './patterns.fixture';

/** Every room whose patterns meet the text of a file or of the command line. */
const ROOMS = ['contract', 'dataset', 'forecaster', 'cli', 'series', 'files'];
/** Text that is tried first, so that an exponential pattern is seen before it hangs; then the one that is measured. */
const FIRST_LENGTHS = [16, 18, 20, 22, 24, 28, 60, 200, 2000];
const LENGTH = 8000;
/** No pattern takes so long over any of the first texts, unless its work is exponential. */
const FIRST_MS = 10;
/** A linear pattern takes a tenth of it over all of it on any machine; what takes more is measured at two lengths. */
const SUSPICIOUS_MS = 3;
/** Four times the text: four times the work of a linear pattern, sixteen of a quadratic one. */
const MOST_GROWTH = 8;
const TRIES = 3;

const sources = async (): Promise<string[]> => {
  const names = await Promise.all(
    ROOMS.map(async (room) => {
      const files = await readdir(resolve('src-main', room), { recursive: true });
      return files.map((file) => join(resolve('src-main', room), file));
    }),
  );
  return names.flat().filter((name) => /\.ts$/.test(name) && !/\.(test|fixture|d)\.ts$/.test(name));
};

/** The patterns that stand in a source as literals. */
function literalsIn(text: string): RegExp[] {
  const found: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push(new RegExp(node.text.slice(1, end), node.text.slice(end + 1)));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
  return found;
}

/** The patterns that modules put together when they are loaded. */
async function builtBy(names: readonly string[]): Promise<RegExp[]> {
  const found: RegExp[] = [];
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, parts: [string, string?]) {
      const pattern = new target(...parts);
      found.push(pattern);
      return pattern;
    },
  });
  try {
    for (const name of names) await import(/* @vite-ignore */ name);
  } finally {
    globalThis.RegExp = original;
  }
  return found;
}

async function allPatterns(): Promise<RegExp[]> {
  const names = await sources();
  const texts = await Promise.all(names.map((name) => readFile(name, 'utf8')));
  const builders = names.filter((_, index) => texts[index]?.includes('new RegExp('));
  const all = [...texts.flatMap(literalsIn), ...(await builtBy(builders))];
  return [...new Map(all.map((pattern) => [String(pattern), pattern])).values()];
}

/** Milliseconds on the clock: never less than the process's own, and far cheaper to ask for. */
function clockTimeOf(pattern: RegExp, text: string): number {
  pattern.lastIndex = 0;
  const before = performance.now();
  pattern.test(text);
  return performance.now() - before;
}

/** Milliseconds of this process's own time: the shortest of some runs, since other programs take the machine too. */
function timeOf(pattern: RegExp, text: string): number {
  let shortest = Infinity;
  for (let run = 0; run < TRIES; run += 1) {
    pattern.lastIndex = 0;
    const before = process.cpuUsage();
    pattern.test(text);
    const { user, system } = process.cpuUsage(before);
    shortest = Math.min(shortest, (user + system) / 1000);
  }
  return shortest;
}

/** Whether work grows faster than the text does. */
function growsTooFast(pattern: RegExp, attack: Attack): boolean {
  for (const length of FIRST_LENGTHS) {
    if (clockTimeOf(pattern, attackText(attack, length)) < FIRST_MS) continue;
    if (timeOf(pattern, attackText(attack, length)) >= FIRST_MS) return true;
  }
  if (clockTimeOf(pattern, attackText(attack, LENGTH)) < SUSPICIOUS_MS) return false;
  const at = (length: number): number => timeOf(pattern, attackText(attack, length));
  const whole = at(LENGTH);
  return whole >= SUSPICIOUS_MS && whole > MOST_GROWTH * at(LENGTH / 4);
}

describe('patterns that meet the text of files', () => {
  it('take time in proportion to the text, whatever it repeats', async () => {
    const patterns = await allPatterns();
    expect(patterns.length).toBeGreaterThan(120);
    const slow = patterns.flatMap((pattern) => {
      const attack = attacksOn(pattern).find((each) => growsTooFast(pattern, each));
      return attack === undefined ? [] : [{ pattern: String(pattern), attack }];
    });
    expect(slow).toEqual([]);
  });

  it('would be seen if they did not', () => {
    const isSlow = (pattern: RegExp): boolean =>
      attacksOn(pattern).some((attack) => growsTooFast(pattern, attack));
    expect(isSlow(/^(?:[*#]+|x)+$/)).toBe(true);
    expect(isSlow(/\s*<br>\s*$/)).toBe(true);
    expect(isSlow(/max.*wind/)).toBe(true);
    expect(isSlow(/^(.*?)\s*[([]([^()[\]]*)[)\]]\s*$/)).toBe(true);
    expect(isSlow(/^\d+(?:\.\d*)?$/)).toBe(false);
    expect(textsFor(/^a[bc]{2}\d$/)).toContain('abb0');
  });
});
