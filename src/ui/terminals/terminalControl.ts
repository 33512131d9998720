import * as l10n from '@vscode/l10n';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { HumanError } from '../../core/humanError';
import type { NodeSpec } from '../../core/model/lab';
import { readRunRecord } from '../../node/files/runRecords';
import type { LabFolder } from '../../node/files/labFolder';
import { RecordedControl } from '../../node/process/recordedControl';
import type { LabTerminals } from './labTerminals';

/** How long a terminal may take until its server runs, in milliseconds. */
const launchTime = 20_000;
const lookInterval = 15;

/** Runs nodes in integrated terminals: each is kept by a node runner, which ends it with its terminal. */
export class TerminalControl extends RecordedControl {
  private making: Promise<undefined> = Promise.resolve(undefined);

  constructor(
    folder: LabFolder,
    private readonly terminals: LabTerminals,
  ) {
    super(folder, terminals.programs);
  }

  async start(node: NodeSpec): Promise<void> {
    const { paths } = this.folder;
    const terminal = await this.nextTerminal(node);
    const pid = await terminal.processId;
    const end = Date.now() + launchTime;
    for (;;) {
      const record = await readRunRecord(paths, node.name);
      if (record && record.runnerPid === pid) return;
      if (terminal.exitStatus !== undefined || Date.now() > end) {
        const reason = await this.folder.explainEnd(node);
        throw new HumanError(
          l10n.t('The terminal of {0} could not start the server. {1}', node.name, reason ?? ''),
          { node: node.name, remedy: 'openLog' },
        );
      }
      await sleep(lookInterval);
    }
  }

  /** One after the other, so that the list of terminals has the order of the lab. */
  private nextTerminal(node: NodeSpec): Promise<vscode.Terminal> {
    const made = this.making.then(async () => {
      const server = await this.folder.server(node);
      return this.terminals.create(this.folder.paths.directory, node, server.path);
    });
    this.making = made.then(
      () => undefined,
      () => undefined,
    );
    return made;
  }
}
