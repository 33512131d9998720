/** Gives numbers from 0 to below 1, the same ones for the same seed. */
export type Random = () => number;

/** A generator with a state of 32 bits (mulberry32); enough for which pieces are lost, not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The first time after which TCP sends again, and the longest one, in milliseconds (Linux, `TCP_RTO_MIN` and `TCP_RTO_MAX`). */
const firstRetransmission = 200;
const longestRetransmission = 120_000;

/**
 * How much later a piece arrives because it was lost, in milliseconds; 0: it was not. TCP sends again what is lost, waits twice as
 * long each time, and shows loss as delay. `share` is the probability of each loss, 0 to 1.
 */
export function lostTime(share: number, random: Random): number {
  let lost = 0;
  let wait = firstRetransmission;
  while (wait <= longestRetransmission && random() < share) {
    lost += wait;
    wait *= 2;
  }
  return lost;
}
