import type { Replay } from '../../src/core/replay/replay';
import { labRow } from '../../src/core/view/labRows';

/** The rows of the tree at each moment worth stepping to, of each only those that are not as they were before. */
export function replayRows(replay: Replay): string {
  const text: string[] = [];
  let before: readonly string[] = [];
  for (const at of replay.moments) {
    const row = labRow('recording', replay.stateAt(at), at);
    const now = [
      row.description,
      ...row.children.flatMap(group =>
        group.children.map(
          node => `  ${group.label.replace(/ \(\d+\)$/, '')}  ${node.label}  ${node.description}`,
        ),
      ),
    ];
    const changed = now.filter(line => !before.includes(line));
    if (changed.length > 0) text.push(clock(at), ...changed.map(line => `  ${line}`));
    before = now;
  }
  return `${text.join('\n')}\n`;
}

/** As logs show it. */
function clock(at: number): string {
  const time = new Date(at);
  const pad = (value: number, length = 2): string => String(value).padStart(length, '0');
  return `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}.${pad(time.getMilliseconds(), 3)}`;
}
