import * as l10n from '@vscode/l10n';
import { copyFile, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { readSentinelConf, readServerConf } from '../../core/conf/confDocument';
import { writeFirstConf } from '../../core/conf/firstConf';
import { explainEnd } from '../../core/log/startFailure';
import { HumanError } from '../../core/humanError';
import { nodeAddress, type Lab, type NodeSpec } from '../../core/model/lab';
import { startOrder, type StartOrder } from '../../core/model/startOrder';
import { ownerText } from '../../core/view/words';
import type { LabFiles } from '../../lab/ports';
import { isPortFree, portOwner } from '../process/portOwner';
import type { ServerFinder } from '../serverFinder';
import type { LabPaths } from './labPaths';
import { readTail } from './readTail';

/** The files of one lab on disk. `lab` is asked anew each time, because lab.json can be edited while the lab is open. */
export class LabFolder implements LabFiles {
  constructor(
    readonly paths: LabPaths,
    private readonly lab: () => Lab,
    private readonly finder: ServerFinder,
  ) {}

  async prepare(nodes: readonly NodeSpec[]): Promise<void> {
    await this.writeMissing(nodes);
    await Promise.all(nodes.map(node => this.checkPort(node)));
    await Promise.all(nodes.map(node => this.checkFolders(node)));
  }

  /**
   * Writes every conf that is not there yet, with its first form beside it; what is there stays as it is. `password` is for new labs;
   * a conf that is added to a lab with a password takes the one of its neighbours.
   */
  async writeMissing(nodes: readonly NodeSpec[], password?: string): Promise<void> {
    const secret = password ?? (await this.password());
    for (const node of nodes) {
      await mkdir(this.paths.data(node), { recursive: true, mode: 0o700 }).catch(
        failedOn(this.paths.data(node)),
      );
      await mkdir(dirname(this.paths.log(node)), { recursive: true, mode: 0o700 }).catch(
        failedOn(this.paths.log(node)),
      );
      if (await exists(this.paths.conf(node))) continue;
      const text = await this.firstForm(node, secret);
      await writePrivate(this.paths.conf(node), text);
      await writePrivate(this.paths.firstConf(node), text);
    }
  }

  /** The conf a node would get now, for this machine and the server it will run on. */
  async firstForm(node: NodeSpec, password: string | undefined): Promise<string> {
    const { version } = await this.server(node);
    return writeFirstConf(this.lab(), node, {
      version,
      windows: process.platform === 'win32',
      dataDirectory: this.paths.data(node),
      logFile: this.paths.log(node),
      password,
    });
  }

  async server(node: NodeSpec): ReturnType<ServerFinder['find']> {
    return this.finder.find(node.server ?? this.lab().server, this.paths.directory);
  }

  async startOrder(): Promise<StartOrder> {
    const lab = this.lab();
    const texts = await Promise.all(lab.nodes.map(async node => [node, await this.confText(node)] as const));
    const known = texts.filter(([, text]) => text !== '');
    return startOrder(lab, {
      servers: new Map(
        known
          .filter(([node]) => node.kind === 'server')
          .map(([node, text]) => [node.name, readServerConf(text)]),
      ),
      sentinels: new Map(
        known
          .filter(([node]) => node.kind === 'sentinel')
          .map(([node, text]) => [node.name, readSentinelConf(text, lab.masterName)]),
      ),
    });
  }

  async explainEnd(node: NodeSpec): Promise<string | undefined> {
    const [output, log] = await Promise.all([
      readTail(this.paths.output(node.name)),
      readTail(this.paths.log(node)),
    ]);
    return explainEnd(output) ?? explainEnd(log);
  }

  /** The password to connect to a node: what its conf says now. */
  async passwordOf(node: NodeSpec): Promise<string | undefined> {
    const text = await this.confText(node);
    return node.kind === 'server'
      ? readServerConf(text).password
      : readSentinelConf(text, this.lab().masterName).password;
  }

  private async password(): Promise<string | undefined> {
    for (const node of this.lab().nodes) {
      const password = node.kind === 'server' ? await this.passwordOf(node) : undefined;
      if (password !== undefined) return password;
    }
    return undefined;
  }

  private async confText(node: NodeSpec): Promise<string> {
    return readFile(this.paths.conf(node), 'utf8').catch(() => '');
  }

  private async checkPort(node: NodeSpec): Promise<void> {
    if (await isPortFree(node.port)) return;
    const owner = await portOwner(node.port);
    throw new HumanError(
      l10n.t(
        'Port {0} is in use by {1}, so {2} was not started. End that program, or give the node another port in lab.json.',
        node.port,
        ownerText(owner),
        node.name,
      ),
      {
        node: node.name,
      },
    );
  }

  /** A server that cannot write its folder starts all the same and fails at the first save: say so before. */
  private async checkFolders(node: NodeSpec): Promise<void> {
    const text = await this.confText(node);
    const conf =
      node.kind === 'server' ? readServerConf(text) : readSentinelConf(text, this.lab().masterName);
    const folder =
      conf.directory === undefined ? this.paths.data(node) : resolve(this.paths.data(node), conf.directory);
    const file = this.paths.conf(node);
    if (!(await exists(folder))) {
      throw new HumanError(
        l10n.t(
          'The data folder "{0}" does not exist. If the lab was moved, "Reset Lab" writes confs for its new place.',
          folder,
        ),
        {
          place: { file, ...lineOfDir(text) },
          node: node.name,
          remedy: 'openConf',
        },
      );
    }
    await tryWriting(folder, node, file, text);
    await tryWriting(dirname(this.paths.log(node)), node, file, text);
    if (node.kind === 'sentinel') await tryWriting(dirname(file), node, file, text);
  }

  /** Back to the first form: confs as first written (or anew, where the lab was moved since), no data, no logs. The nodes must be stopped. */
  async reset(): Promise<void> {
    const lab = this.lab();
    const password = await this.password();
    for (const node of lab.nodes) {
      await rm(this.paths.data(node), { recursive: true, force: true });
      await rm(this.paths.log(node), { force: true });
      const first = await readFile(this.paths.firstConf(node), 'utf8').catch(() => '');
      const directory =
        node.kind === 'server'
          ? readServerConf(first).directory
          : readSentinelConf(first, lab.masterName).directory;
      const isOurs = directory !== undefined && relative(directory, this.paths.data(node)) === '';
      if (isOurs) await copyFile(this.paths.firstConf(node), this.paths.conf(node));
      else if (first !== '') await rm(this.paths.conf(node), { force: true });
    }
    await this.writeMissing(lab.nodes, password);
  }

  /** How much a reset deletes, in bytes. */
  async dataSize(): Promise<number> {
    const { readdir } = await import('node:fs/promises');
    const sizes = this.lab().nodes.map(async node => {
      const entries = await readdir(this.paths.data(node), { recursive: true, withFileTypes: true }).catch(
        () => [],
      );
      const files = entries
        .filter(entry => entry.isFile())
        .map(entry => resolve(entry.parentPath, entry.name));
      const bytes = await Promise.all(
        [...files, this.paths.log(node)].map(file =>
          stat(file).then(
            info => info.size,
            () => 0,
          ),
        ),
      );
      return bytes.reduce((sum, size) => sum + size, 0);
    });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A conf can hold a password, so nobody else may read it. Never writes over a file. */
async function writePrivate(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch(failedOn(dirname(file)));
  await writeFile(file, text, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') return failedOn(file)(error);
    return undefined;
  });
}

/** Tries it for real: the answer of access() is not that of the file system for root, on read-only mounts and on Windows. */
async function tryWriting(folder: string, node: NodeSpec, conf: string, text: string): Promise<void> {
  const file = resolve(folder, `.redis-ha-lab-${process.pid}-${node.name}`);
  try {
    await (await open(file, 'wx', 0o600)).close();
    await rm(file, { force: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new HumanError(
      l10n.t(
        'The folder "{0}" cannot be written ({1}), so {2} ({3}) was not started. Give yourself write permission there, or name another folder in the conf.',
        folder,
        code ?? '',
        node.name,
        nodeAddress(node),
      ),
      {
        place: { file: conf, ...lineOfDir(text) },
        node: node.name,
        remedy: 'openConf',
        cause: error,
      },
    );
  }
}

function lineOfDir(text: string): { line: number } | Record<string, never> {
  const index = text.split('\n').findIndex(line => /^\s*dir\s/i.test(line));
  return index < 0 ? {} : { line: index + 1 };
}

function failedOn(path: string): (error: NodeJS.ErrnoException) => never {
  return error => {
    throw new HumanError(
      l10n.t(
        '"{0}" cannot be written ({1}). Give yourself write permission there, or put the lab into another folder.',
        path,
        error.code ?? '',
      ),
      { cause: error },
    );
  };
}
