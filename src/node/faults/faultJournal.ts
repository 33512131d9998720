import { mkdir, rm } from 'node:fs/promises';
import type { ActiveFault } from '../../core/drill/activeFault';
import { journalOf, readJournal } from '../../core/drill/faultJournal';
import { withClaim } from '../files/fileClaim';
import { readJson, writeWhole } from '../files/jsonFile';
import type { LabPaths } from '../files/labPaths';

/** run/faults.json: the faults of a lab that are on. Several programs may change it at the same time; there is no file when none is on. */
export class FaultJournal {
  constructor(private readonly paths: LabPaths) {}

  async read(): Promise<readonly ActiveFault[]> {
    return readJournal(await readJson(this.paths.faults));
  }

  /** Puts another list in place of the one that is there; nobody else changes it meanwhile. */
  async change(
    edit: (active: readonly ActiveFault[]) => readonly ActiveFault[],
  ): Promise<readonly ActiveFault[]> {
    await mkdir(this.paths.runFolder, { recursive: true, mode: 0o700 });
    return withClaim(this.paths.faultsClaim, async () => {
      const before = await this.read();
      const after = edit(before);
      if (after.length === 0) await rm(this.paths.faults, { force: true });
      else if (after !== before) await writeWhole(this.paths.faults, journalOf(after));
      return after;
    });
  }
}
