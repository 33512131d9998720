import * as l10n from '@vscode/l10n';
import type { LabState } from '../model/labState';
import { labRow, type Row } from './labRows';
import { rowTime } from './logRow';

/** A lab as it was at another moment, to be shown beside the labs of now. */
export interface ShownReplay {
  /** Unlike that of any lab. */
  readonly id: string;
  readonly title: string;
  readonly state: LabState;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The rows of a replay: those of a lab, but nothing can be done to its nodes. `now` in milliseconds since 1970. */
export function replayRow({ id, title, state, at }: ShownReplay, now: number): Row {
  const row = labRow(id, state, at);
  const description = l10n.t('replay · {0} · {1}', row.description, rowTime(at, now));
  return {
    ...row,
    label: title,
    description,
    steady: description,
    icon: { id: 'history', color: undefined },
    context: 'replay',
    spoken: l10n.t('replay of {0}, {1}', title, description),
    children: row.children.map(withoutActions),
  };
}

/** What menus know a row by; a screen reader hears the same as of a lab. */
function withoutActions(row: Row): Row {
  return {
    ...row,
    context: row.context.replace(/^(?:node|group)/, 'replayed'),
    children: row.children.map(withoutActions),
  };
}
