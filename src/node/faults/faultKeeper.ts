import * as l10n from '@vscode/l10n';
import {
  sameAsActive,
  shownFault,
  takeOverConfig,
  type ActiveFault,
  type FaultOwner,
  type ShownFault,
} from '../../core/drill/activeFault';
import { keepsSecret } from '../../core/conf/editor/confOutline';
import type { Fault } from '../../core/drill/fault';
import { withFault } from '../../core/drill/faultJournal';
import { HumanError } from '../../core/humanError';
import type { LabFaults, UndoneFaults } from '../../lab/ports';
import { lifeOf } from '../process/identity';
import { FaultJournal } from './faultJournal';
import { faultKind } from './faultKinds';
import type { FaultTools } from './faultKind';

/**
 * Applies the faults of one lab and undoes them. Each is written into the journal before anything is done and taken out after it was
 * undone, so that any program can undo what another one left behind. Whatever ended by itself is no longer told, and goes from the
 * journal with the next change.
 */
export class FaultKeeper implements LabFaults {
  private readonly journal: FaultJournal;

  constructor(private readonly tools: FaultTools) {
    this.journal = new FaultJournal(tools.paths);
  }

  async active(): Promise<readonly ActiveFault[]> {
    const noted = await this.journal.read();
    const on = await Promise.all(noted.map(entry => this.isOn(entry)));
    return noted.filter((_, index) => on[index]);
  }

  /** The active faults without anything that is private. */
  async shown(): Promise<readonly ShownFault[]> {
    return (await this.active()).map(entry => shownFault(entry, keepsSecret));
  }

  async apply(fault: Fault, owner?: FaultOwner): Promise<ActiveFault | undefined> {
    const { tools } = this;
    const kind = faultKind(fault.type);
    const before = await this.forgetEnded();
    const same = sameAsActive(fault, before);
    if (same && (fault.type === 'freeze' || fault.type === 'unwritable')) return same;
    const plan = await kind.plan(fault, tools);
    if (plan.undo.kind === 'nothing') {
      await kind.apply({ id: '', since: tools.now(), until: undefined, owner, ...plan }, tools, before);
      return undefined;
    }
    const planned = { since: tools.now(), until: plan.until, owner, ...plan };
    const added = await this.note(planned, same);
    try {
      const undo = await kind.apply(added, tools, await this.othersOf(added));
      await this.replace({ ...added, undo });
      const active = { ...added, undo };
      if (await this.isOn(active)) return active;
      await this.forget(added);
      return undefined;
    } catch (error) {
      // Half of it may have been done. What cannot be undone now stays in the journal.
      const { left } = await this.undoThese([added]);
      if (left.length > 0 && error instanceof HumanError)
        throw new HumanError(
          l10n.t('{0} It could not be undone either: {1}', error.message, left[0]?.reason.message ?? ''),
          error.details,
        );
      throw error;
    }
  }

  async undo(id: string): Promise<UndoneFaults> {
    const entry = (await this.forgetEnded()).find(active => active.id === id);
    if (entry) return this.undoThese([entry]);
    throw new HumanError(
      l10n.t('No fault "{0}" is on in this lab. "redis-ha-lab status" shows those that are.', id),
    );
  }

  async undoAll({ start = true }: { readonly start?: boolean } = {}): Promise<UndoneFaults> {
    if ((await this.journal.read()).length === 0) return { undone: [], left: [] };
    return this.undoThese((await this.forgetEnded()).toReversed(), start);
  }

  /** Those whose owner is gone, so that nobody will undo them. */
  async leftBehind(): Promise<readonly ActiveFault[]> {
    const active = await this.active();
    const orphaned = await Promise.all(
      active.map(async ({ owner }) => owner !== undefined && (await lifeOf(owner.process)) === 'gone'),
    );
    return active.filter((_, index) => orphaned[index]);
  }

  /** From now on these stay until somebody undoes them. */
  async keep(entries: readonly ActiveFault[]): Promise<void> {
    await this.journal.change(active =>
      active.map(other =>
        entries.some(entry => isSameEntry(other, entry)) ? { ...other, owner: undefined } : other,
      ),
    );
  }

  /** Undoes some of the active faults, in this order. */
  async undoThese(entries: readonly ActiveFault[], start = true): Promise<UndoneFaults> {
    const undone: ActiveFault[] = [];
    const left: { readonly active: ActiveFault; readonly reason: Error }[] = [];
    for (const active of entries) {
      const isSkipped = !start && active.undo.kind === 'start';
      try {
        if (!isSkipped)
          await faultKind(active.fault.type).undo(active, this.tools, await this.othersOf(active));
        await this.forget(active);
        undone.push(active);
      } catch (error) {
        left.push({ active, reason: error instanceof Error ? error : new Error(String(error)) });
      }
    }
    return { undone, left };
  }

  private isOn(active: ActiveFault): Promise<boolean> {
    return faultKind(active.fault.type)
      .isOn(active, this.tools)
      .catch(() => true);
  }

  private async othersOf({ id }: ActiveFault): Promise<readonly ActiveFault[]> {
    return (await this.journal.read()).filter(other => other.id !== id);
  }

  /** Takes what ended by itself out of the journal, and gives what is left. */
  private async forgetEnded(): Promise<readonly ActiveFault[]> {
    const noted = await this.journal.read();
    if (noted.length === 0) return noted;
    const on = await this.active();
    const ended = noted.filter(({ id }) => !on.some(active => active.id === id));
    if (ended.length === 0) return noted;
    return this.journal.change(active => active.filter(({ id }) => !ended.some(other => other.id === id)));
  }

  /** A fault that takes the place of another one, or sets the same values, also takes over what was there before that one. */
  private async note(planned: Omit<ActiveFault, 'id'>, same: ActiveFault | undefined): Promise<ActiveFault> {
    let result: ActiveFault | undefined;
    await this.journal.change(active => {
      const rest = active.filter(({ id }) => id !== same?.id);
      const { list, added } = withFault(...takingOver(rest, planned, same));
      result = added;
      return list;
    });
    if (!result) throw new Error('the journal was not changed');
    return result;
  }

  private async replace(entry: ActiveFault): Promise<void> {
    await this.journal.change(active => active.map(other => (other.id === entry.id ? entry : other)));
  }

  private async forget(entry: ActiveFault): Promise<void> {
    await this.journal.change(active => active.filter(other => !isSameEntry(other, entry)));
  }
}

/** Ids are used again, so an id alone may be that of another fault by now. */
function isSameEntry(a: ActiveFault, b: ActiveFault): boolean {
  return a.id === b.id && a.since === b.since;
}

function takingOver(
  rest: readonly ActiveFault[],
  planned: Omit<ActiveFault, 'id'>,
  same: ActiveFault | undefined,
): [readonly ActiveFault[], Omit<ActiveFault, 'id'>] {
  const { fault, undo } = planned;
  if (undo.kind === 'config' && fault.type === 'config') {
    const taken = takeOverConfig(rest, fault.node, Object.keys(undo.former));
    return [taken.rest, { ...planned, undo: { ...undo, former: { ...undo.former, ...taken.former } } }];
  }
  return [rest, same && undo.kind === 'limit' ? { ...planned, undo: same.undo } : planned];
}
