import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded source of random numbers. The same seed and purpose give the same numbers on every machine. */
export interface RandomSource {
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
  /** A whole number, uniform in low..high, both included. */
  integer(low: number, high: number): number;
  /** The numbers 0..count-1 in random order, each order equally likely (Fisher-Yates). */
  permutation(count: number): Int32Array;
}

/** FNV-1a over UTF-16 units, started from `basis`. */
function hashText(text: string, basis: number): number {
  let hash = basis;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}

/** The finaliser of MurmurHash3: spreads every bit of `word` over all 32. */
function mixBits(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/**
 * A 32-bit number (signed) derived from a seed and a purpose: what a random source, or a random operation inside the
 * compiled graph, starts from.
 */
export function deriveSeed(seed: number, purpose: string): number {
  // Both halves of the seed count, so that seeds above 2^32 differ as well.
  const low = mixBits(seed >>> 0);
  const high = mixBits(Math.floor(seed / 2 ** 32) ^ 0x9e3779b9);
  return mixBits(hashText(purpose, low ^ 0x811c9dc5) + high);
}

/**
 * A stream of random numbers of its own for each (seed, purpose), such as (42, 'shuffle'): drawing more for one
 * purpose never changes what another sees.
 */
export function randomSource(seed: number, purpose: string): RandomSource {
  const start = deriveSeed(seed, purpose);
  const state = [1, 2, 3, 4].map((word) => mixBits(start + Math.imul(word, 0x9e3779b9)));
  const generator = xoroshiro128plusFromState(state);
  let spareNormal: number | null = null;

  return {
    uniform: (low, high) => low + (high - low) * uniformFloat64(generator),
    integer: (low, high) => uniformInt(generator, low, high),
    normal() {
      if (spareNormal !== null) {
        const value = spareNormal;
        spareNormal = null;
        return value;
      }
      // Box-Muller; 1 - u lies in (0, 1], so the logarithm is finite.
      const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator)));
      const angle = 2 * Math.PI * uniformFloat64(generator);
      spareNormal = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    permutation(count) {
      const order = Int32Array.from({ length: count }, (_, index) => index);
      for (let last = count - 1; last > 0; last--) {
        const other = uniformInt(generator, 0, last);
        const moved = order[last] ?? 0;
        order[last] = order[other] ?? 0;
        order[other] = moved;
      }
      return order;
    },
  };
}
