import { flushSync, mount, unmount, type Component } from 'svelte';
import { onTestFinished, vi } from 'vitest';
import type { Problem, ProblemData } from '../src-main/contract/problems';
import type { EventName, RequestName } from '../src-main/contract/requests';
import { strangeWords } from '../src-main/contract/strange-words.fixture';
import { setLanguage, type Language } from './i18n/index.svelte';

type Answer = (input: never) => unknown;

class Refusal {
  readonly problem: ProblemData;

  constructor(problem: Problem) {
    this.problem = problem.toData();
  }
}

/** What an answer gives back where the main process refuses. */
export const refuse = (problem: Problem): unknown => new Refusal(problem);

/** For tests of what is drawn: the other side of the bridge. @returns what was asked of it, and what tells it something */
export function fixtureBridge(answers: Partial<Record<RequestName, Answer>> = {}): {
  readonly asked: (readonly [name: string, input: unknown])[];
  tell(name: EventName, payload: unknown): void;
} {
  const asked: (readonly [string, unknown])[] = [];
  const listeners = new Map<string, (payload: unknown) => void>();
  const on = (name: string, listener: (payload: unknown) => void): (() => void) => {
    listeners.set(name, listener);
    return () => listeners.delete(name);
  };
  const ask = (name: string) => async (input: never) => {
    asked.push([name, input]);
    const { [name as RequestName]: answer } = answers;
    const value = await answer?.(input);
    return value instanceof Refusal ? { ok: false, problem: value.problem } : { ok: true, value };
  };
  const bridge = new Proxy({ on } as Record<string, unknown>, {
    get: (own, name: string) => own[name] ?? ask(name),
  });
  vi.stubGlobal('hindcast', bridge);
  onTestFinished(() => void vi.unstubAllGlobals());
  return { asked, tell: (name, payload) => listeners.get(name)?.(payload) };
}

/** A component as it is drawn, to be asked in the words of a reader. */
export interface Drawn {
  /** All words, one blank between them. */
  text(): string;
  /** The labels of the buttons, in order; those that take no click have '(off)' behind them. */
  buttons(): string[];
  press(label: string): void;
  /** The kinds of the notices, in order. */
  notices(): string[];
  /** How far the bar is, in per cent; null where it is not known. */
  progress(): number | null;
  find(selector: string): HTMLElement;
}

/** Draws a component in a language. It is taken away when the test ends. */
export function draw<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: Props,
  language: Language = 'en',
): Drawn {
  setLanguage(language);
  const target = document.createElement('div');
  document.body.append(target);
  const drawn = mount(component, { target, props });
  flushSync();
  onTestFinished(async () => {
    await unmount(drawn);
    target.remove();
    setLanguage('en');
  });
  const wordsOf = (node: Element): string => (node.textContent ?? '').replace(/\s+/g, ' ').trim();
  const buttons = (): HTMLButtonElement[] => [...target.querySelectorAll('button')];
  const labelOf = (button: Element): string => button.getAttribute('aria-label') ?? wordsOf(button);
  const find = (selector: string): HTMLElement => {
    const found = target.querySelector<HTMLElement>(selector);
    if (found === null) throw new Error(`nothing is ${selector} in: ${wordsOf(target)}`);
    return found;
  };
  return {
    find,
    text: () => (flushSync(), wordsOf(target)),
    buttons: () => (
      flushSync(),
      buttons().map((button) => labelOf(button) + (button.disabled ? ' (off)' : ''))
    ),
    press: (label) => {
      const button = buttons().find((each) => labelOf(each) === label);
      if (button === undefined)
        throw new Error(`no button ${label} among ${buttons().map(labelOf).join(', ')}`);
      button.click();
      flushSync();
    },
    notices: () => [...target.querySelectorAll('.notice')].map((notice) => notice.classList[1] ?? ''),
    progress: () => {
      const now = find('[role="progressbar"]').getAttribute('aria-valuenow');
      return now === null ? null : Number(now);
    },
  };
}

/** Words of English that a Korean reader would meet in what is drawn, or hear of its buttons. @param own of the user */
export function englishIn(drawn: Drawn, own: readonly string[] = []): string[] {
  return strangeWords(
    [drawn.text(), ...drawn.buttons().map((label) => label.replace(/ \(off\)$/, ''))].join(' '),
    own,
  );
}
