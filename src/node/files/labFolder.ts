import * as l10n from '@vscode/l10n';
import { existsSync } from 'node:fs';
import { copyFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { readDirectives, readSentinelConf, readServerConf } from '../../core/conf/confDocument';
import { convertConf } from '../../core/conf/convertConf';
import { writeFirstConf } from '../../core/conf/firstConf';
import type { ServerVersion } from '../../core/conf/serverVersion';
import { explainEnd } from '../../core/log/startFailure';
import type { Lab, NodeSpec } from '../../core/model/lab';
import { startOrder, type StartOrder } from '../../core/model/startOrder';
import type { LabFiles } from '../../lab/ports';
import type { FoundServer, ServerFinder } from '../serverFinder';
import { checkConfPort, checkFolders, checkPort } from './folderChecks';
import type { LabPaths } from './labPaths';
import { failedOn, makePrivateFolder } from './makeFolder';
import { readTail } from './readTail';

/** The files of one lab on disk. `lab` is asked anew each time, because lab.json can be edited while the lab is open. */
export class LabFolder implements LabFiles {
  constructor(
    readonly paths: LabPaths,
    private readonly lab: () => Lab,
    private readonly finder: ServerFinder,
  ) {}

  /** The logs that nodes have written by now. */
  get logs(): readonly string[] {
    return this.lab()
      .nodes.map(node => this.paths.log(node))
      .filter(file => existsSync(file));
  }

  /** The lab as lab.json declares it now. */
  get spec(): Lab {
    return this.lab();
  }

  async prepare(nodes: readonly NodeSpec[]): Promise<readonly string[]> {
    await this.writeMissing(nodes);
    // One after the other: of several obstacles the first in the lab's order is named, every time.
    for (const node of nodes) checkConfPort(node, this.paths, await this.confText(node));
    for (const node of nodes) await checkPort(node, this.paths);
    for (const node of nodes) await checkFolders(node, this.paths, await this.confText(node));
    const outdated = await this.outdatedConfs(nodes);
    if (outdated.length === 0) return [];
    return [
      l10n.t(
        'The confs of {0} were written for another lab.json or another version of the server. "Reset Lab" writes them anew.',
        outdated.map(node => node.name).join(', '),
      ),
    ];
  }

  /**
   * Writes every conf that is not there yet, with its first form beside it; what is there stays as it is. `password` is for new labs;
   * a conf that is added to a lab with a password takes the one of its neighbours.
   */
  async writeMissing(nodes: readonly NodeSpec[], password?: string): Promise<void> {
    const secret = password ?? (await this.password());
    for (const node of nodes) {
      await makePrivateFolder(this.paths.data(node));
      await makePrivateFolder(dirname(this.paths.log(node)));
      if (await exists(this.paths.conf(node))) {
        await this.keepFirstForm(node);
        continue;
      }
      const text = await this.firstForm(node, secret);
      await writePrivate(this.paths.conf(node), text);
      await rm(this.paths.firstConf(node), { force: true });
      await writePrivate(this.paths.firstConf(node), text);
    }
  }

  /** A conf that the person brought along has the form in which it was first seen for its first one. */
  private async keepFirstForm(node: NodeSpec): Promise<void> {
    if (!node.hasOwnConf || (await exists(this.paths.firstConf(node)))) return;
    await writePrivate(this.paths.firstConf(node), await readFile(this.paths.conf(node), 'utf8'));
  }

  /** The first form of a node's conf as it is kept; undefined where there is none. */
  async keptFirstForm(node: NodeSpec): Promise<string | undefined> {
    return readFile(this.paths.firstConf(node), 'utf8').catch(() => undefined);
  }

  /** Puts a node's conf back to its first form, or does nothing where none is kept. The node must be stopped. */
  async restoreFirstForm(node: NodeSpec): Promise<void> {
    const text = await this.keptFirstForm(node);
    if (text !== undefined) await this.writeConf(this.paths.conf(node), text);
  }

  /** Converts the confs and their first forms for another version of the server. The nodes must be stopped. */
  async convert(nodes: readonly NodeSpec[], version: ServerVersion): Promise<void> {
    for (const node of nodes) {
      const first = await this.keptFirstForm(node);
      if (first !== undefined)
        await this.writeConf(this.paths.firstConf(node), convertConf(first, node.kind, version).text);
      await this.writeConf(
        this.paths.conf(node),
        convertConf(await this.confText(node), node.kind, version).text,
      );
    }
  }

  /** Writes over a conf, which keeps its owner and mode; one that is new is private. */
  private async writeConf(file: string, text: string): Promise<void> {
    await writeFile(file, text, { mode: 0o600 }).catch(failedOn(file));
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

  async server(node: NodeSpec): Promise<FoundServer> {
    return this.finder.find(node.server ?? this.lab().server, this.paths.directory);
  }

  async startOrder(): Promise<StartOrder> {
    const lab = this.lab();
    const texts = await Promise.all(lab.nodes.map(async node => [node, await this.confText(node)] as const));
    const known = texts.filter(([, text]) => text !== '');
    const servers = known.filter(([node]) => node.kind === 'server');
    const sentinels = known.filter(([node]) => node.kind === 'sentinel');
    return startOrder(lab, {
      servers: new Map(servers.map(([node, text]) => [node.name, readServerConf(text)])),
      sentinels: new Map(
        sentinels.map(([node, text]) => [node.name, readSentinelConf(text, lab.masterName)]),
      ),
    });
  }

  async explainEnd(node: NodeSpec): Promise<string | undefined> {
    const files = [this.paths.output(node.name), this.paths.log(node)];
    const [output = '', log = ''] = await Promise.all(files.map(file => readTail(file)));
    return explainEnd(output) ?? explainEnd(log);
  }

  /** The password to connect to a node: what its conf says now. */
  async passwordOf(node: NodeSpec): Promise<string | undefined> {
    const text = await this.confText(node);
    return node.kind === 'server'
      ? readServerConf(text).password
      : readSentinelConf(text, this.lab().masterName).password;
  }

  /**
   * Back to the first form: confs written anew from lab.json with the same password, no data, no logs. A conf that the person brought
   * along is only put back to the form in which it was first seen. The nodes must be stopped.
   */
  async reset(): Promise<void> {
    const { nodes } = this.lab();
    const password = await this.password();
    // Everything that can fail for want of a server comes before anything is deleted.
    const texts = await Promise.all(nodes.map(node => this.firstForm(node, password)));
    for (const [index, node] of nodes.entries()) {
      await rm(this.paths.data(node), { recursive: true, force: true });
      // A log that the person's own conf names may have been there before the lab.
      if (!node.hasOwnConf || this.paths.log(node).startsWith(join(this.paths.directory, 'log') + sep))
        await rm(this.paths.log(node), { force: true });
      if (node.hasOwnConf) {
        await copyFile(this.paths.firstConf(node), this.paths.conf(node)).catch(() => undefined);
        continue;
      }
      for (const file of [this.paths.conf(node), this.paths.firstConf(node)]) {
        await rm(file, { force: true });
        await writePrivate(file, texts[index] ?? '');
      }
    }
    await this.writeMissing(nodes, password);
  }

  /** How much a reset deletes, in bytes. */
  async dataSize(): Promise<number> {
    const sizes = this.lab().nodes.map(async node => {
      const folder = this.paths.data(node);
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      const files = entries
        .filter(entry => entry.isFile())
        .map(entry => resolve(entry.parentPath, entry.name));
      const bytes = await Promise.all([...files, this.paths.log(node)].map(sizeOf));
      return bytes.reduce((sum, size) => sum + size, 0);
    });
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  }

  /** Nodes whose first conf is not the one that lab.json would give now; comments do not count. */
  private async outdatedConfs(nodes: readonly NodeSpec[]): Promise<readonly NodeSpec[]> {
    const password = await this.password();
    const checked = await Promise.all(
      nodes.map(async node => {
        const first = await readFile(this.paths.firstConf(node), 'utf8').catch(() => undefined);
        if (first === undefined || node.hasOwnConf) return false;
        return meaning(first) !== meaning(await this.firstForm(node, password));
      }),
    );
    return nodes.filter((_, index) => checked[index]);
  }

  private async password(): Promise<string | undefined> {
    for (const node of this.lab().nodes) {
      const password = node.kind === 'server' ? await this.passwordOf(node) : undefined;
      if (password !== undefined) return password;
    }
    return undefined;
  }

  async confText(node: NodeSpec): Promise<string> {
    return readFile(this.paths.conf(node), 'utf8').catch(() => '');
  }
}

/** A conf without its comments, which are in the language of whoever wrote it. */
function meaning(text: string): string {
  return JSON.stringify(readDirectives(text).map(({ name, args }) => [name, ...args]));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    info => info.size,
    () => 0,
  );
}

/** A conf can hold a password, so nobody else may read it. Never writes over a file. */
async function writePrivate(file: string, text: string): Promise<void> {
  await makePrivateFolder(dirname(file));
  await writeFile(file, text, { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') failedOn(file)(error);
  });
}
