import * as l10n from '@vscode/l10n';
import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { HumanError } from '../../core/humanError';
import type { NodeSpec } from '../../core/model/lab';
import type { NetworkControl } from '../../lab/ports';
import { endsWithin } from '../../lab/withinTime';
import { checkPublicPort } from '../files/folderChecks';
import type { LabFolder } from '../files/labFolder';
import { makePrivateFolder } from '../files/makeFolder';
import { readTail } from '../files/readTail';
import { observeProcess } from '../files/runRecords';
import { lifeOf, signalRecorded } from '../process/identity';
import { serverEnvironment } from '../process/spawnServer';
import { isClaimLeft, withStartClaim } from '../process/startClaim';
import { NetworkClient } from './networkClient';
import { forgetNetwork, networkName, readNetworkRecord } from './networkRecord';

/** How long the process may take to start and to end, in milliseconds. */
const startTime = 10_000;
const stopTime = 5_000;
const lookInterval = 20;

/** Starts and ends the process that carries the connections of a lab (`dist/network.js`). */
export class LabNetworkControl implements NetworkControl {
  /** `program` is the absolute path of that file. */
  constructor(
    private readonly folder: LabFolder,
    private readonly program: string,
  ) {}

  async start(): Promise<void> {
    const { paths, spec } = this.folder;
    if (!spec.network) return;
    await makePrivateFolder(paths.runFolder);
    // Two that start the lab at the same time take turns.
    await withStartClaim(paths, networkName, async () => {
      if (await this.runsAlready()) return;
      await this.end();
      for (const node of spec.nodes) await checkPublicPort(node);
      await this.spawn();
    });
  }

  async open(nodes: readonly NodeSpec[]): Promise<void> {
    if (!this.folder.spec.network || nodes.length === 0) return;
    const client = await NetworkClient.connect(this.folder.paths);
    try {
      await client.open(nodes.map(({ name }) => name));
    } finally {
      client.dispose();
    }
  }

  /** Also where lab.json has no network any more: what runs is ended. */
  async stop(): Promise<void> {
    const { paths } = this.folder;
    // A start that was killed in the middle leaves its claim behind.
    if ((await readNetworkRecord(paths)) || (await isClaimLeft(paths, networkName)))
      await withStartClaim(paths, networkName, async () => this.end());
  }

  private async runsAlready(): Promise<boolean> {
    const { paths } = this.folder;
    if ((await observeProcess(paths, networkName)).life !== 'running') return false;
    try {
      const client = await NetworkClient.connect(paths);
      await client.stay().finally(() => client.dispose());
      return true;
    } catch {
      // It ends just now, or does not answer any more: another one takes its place.
      return false;
    }
  }

  private async spawn(): Promise<void> {
    const { paths } = this.folder;
    const file = paths.output(networkName);
    const output = await open(file, 'w', 0o600);
    try {
      const child = spawn(process.execPath, [this.program, paths.directory], {
        cwd: paths.directory,
        stdio: ['ignore', 'pipe', output.fd],
        // The extension host's executable may be Electron, which is Node by this variable.
        env: { ...serverEnvironment(), ELECTRON_RUN_AS_NODE: '1' },
        detached: true,
        windowsHide: true,
      });
      const isReady = new Promise<boolean>(resolve => {
        child.stdout?.once('data', () => resolve(true));
        child.once('exit', () => resolve(false));
        child.once('error', () => resolve(false));
      });
      const inTime = await endsWithin(isReady, startTime);
      if (!inTime || !(await isReady)) {
        child.kill('SIGKILL');
        throw notStarted(await readTail(file));
      }
      child.stdout?.destroy();
      child.unref();
    } finally {
      await output.close();
    }
  }

  private async end(): Promise<void> {
    const { paths } = this.folder;
    const record = await readNetworkRecord(paths);
    if (!record) return;
    const deadline = Date.now() + stopTime;
    await signalRecorded(record, 'SIGTERM');
    // A frozen process gets its SIGTERM only when it goes on.
    if (process.platform !== 'win32') await signalRecorded(record, 'SIGCONT');
    while ((await lifeOf(record)) !== 'gone') {
      if (Date.now() > deadline) await signalRecorded(record, 'SIGKILL');
      await sleep(lookInterval);
    }
    await forgetNetwork(paths, record.pid);
  }
}

function notStarted(said: string): HumanError {
  const [line = ''] = said.trim().split('\n').slice(-1);
  return new HumanError(l10n.t('The network of the lab could not be started. {0}', line).trim());
}
