import type { Frame } from './frame';
import { hasRoom } from './layoutPhases';
import type { Drawing } from './layoutLane';
import { putValues } from '../view/putValues';

/** Votes as arrows from the voter to the candidate; those of who won are bold. */
export function drawVotes(frame: Frame, drawing: Drawing): void {
  const { em, left, right, view, texts, index, laneOf } = frame;
  /** Where the last arrow between two lanes is: those at the same place are one. */
  const drawn = new Map<string, number>();
  const ends = new Map<string, number>();
  // At a scale at which a failover shows no phases, its votes would all lie on each other.
  const crowded = index.scene.failovers.filter(failover => !hasRoom(frame, failover));
  index.scene.votes.forEach((vote, at) => {
    const x = frame.x(vote.at);
    const voter = laneOf.get(vote.voter);
    const candidate = laneOf.get(vote.candidate);
    if (x < left || x > right || !voter || !candidate) return;
    if (crowded.some(({ from, to }) => vote.at >= from && vote.at <= to)) return;
    const way = `${vote.voter}\n${vote.candidate}`;
    if (x - (drawn.get(way) ?? -Infinity) < 3) return;
    drawn.set(way, x);
    const from = voter.middle;
    const to = candidate.middle;
    const isSelf = from === to;
    const side = from < to ? -1 : 1;
    const tip = to + side * em * 0.45;
    const bend = em * 1.1;
    drawing.shapes.push({
      kind: 'arrow',
      points: isSelf
        ? [
            x,
            from - em * 0.35,
            x - em * 0.2,
            from - em * 1.5,
            x + em * 1.7,
            from - em * 1.3,
            x + em * 0.55,
            from - em * 0.25,
          ]
        : [
            x,
            from - side * em * 0.35,
            x + bend,
            from - side * em * 0.6,
            x + bend,
            tip + side * em * 0.6,
            x + em * 0.12,
            tip,
          ],
      stroke: 'vote',
      lineWidth: em * (vote.wins ? 0.18 : 0.09),
    });
    const y = isSelf ? from - em : (from + tip) / 2;
    const label = putValues(texts.epoch, vote.epoch);
    const width = view.measure(label, vote.wins) * 0.85;
    const begin = x + em * 1.15;
    // Once for several at a place.
    if (begin > (ends.get(vote.candidate) ?? -Infinity) && begin + width < right) {
      ends.set(vote.candidate, begin + width + em);
      drawing.shapes.push({
        kind: 'text',
        x: begin,
        y: y + em * 0.3,
        text: label,
        fill: 'text',
        size: em * 0.85,
        isBold: vote.wins,
        hasHalo: true,
      });
    }
    drawing.targets.push({
      x: x - 3,
      y: Math.min(from, to) - (isSelf ? em * 1.3 : 0),
      width: em * 0.9 + 3,
      height: isSelf ? em * 0.9 : Math.abs(to - from),
      of: { type: 'vote', index: at },
    });
  });
}
