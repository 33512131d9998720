import * as l10n from '@vscode/l10n';
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { parseVersionOutput, type ServerVersion } from '../core/conf/serverVersion';
import { HumanError } from '../core/humanError';
import { serverCandidates, type Platform } from '../core/launch/serverCandidates';

/** A redis-server or valkey-server that was asked for its version. */
export interface FoundServer {
  readonly path: string;
  readonly version: ServerVersion;
}

/** How long `--version` may take, in milliseconds; a program that takes longer is no redis-server. */
const versionTime = 5_000;

/** Finds redis-server and remembers each program's version until the file changes. */
export class ServerFinder {
  private readonly versions = new Map<string, Promise<ServerVersion | undefined>>();

  /** `configured` gives the setting `redisHaLab.serverPath`, or undefined; it is asked anew each time. */
  constructor(private readonly configured: () => string | undefined = () => undefined) {}

  /**
   * The server to use: what the lab or its node names (`wanted`; a relative path counts from `labDirectory`), then the setting, then
   * PATH, then the usual places. A named server that is none is an error, not a reason to look further.
   */
  async find(wanted: string | undefined, labDirectory: string): Promise<FoundServer> {
    const named = wanted ?? this.configured()?.trim();
    if (named) return this.named(named, labDirectory);
    const [first] = await this.findAll();
    if (first) return first;
    throw new HumanError(
      l10n.t(
        'redis-server was not found on PATH or in the usual places. Install Redis, or name the program in the setting "redisHaLab.serverPath".',
      ),
      {
        remedy: 'installRedis',
      },
    );
  }

  /** Every server on PATH and in the usual places, each program once, in the order in which they would be used. */
  async findAll(): Promise<readonly FoundServer[]> {
    const { onPath, files } = serverCandidates(process.platform as Platform);
    const folders = (process.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
    const paths = [...onPath.flatMap(name => folders.map(folder => join(folder, name))), ...files];
    const found: FoundServer[] = [];
    const seen = new Set<string>();
    for (const path of paths) {
      if (!(await isProgram(path))) continue;
      // The same program by another way, such as /bin, which is a link to /usr/bin today.
      const file = await realpath(path);
      if (seen.has(file)) continue;
      seen.add(file);
      const version = await this.versionOf(path);
      if (version) found.push({ path, version });
    }
    return found;
  }

  private async named(name: string, labDirectory: string): Promise<FoundServer> {
    const path = await this.resolve(name, labDirectory);
    if (path === undefined) {
      throw new HumanError(
        l10n.t(
          'There is no program "{0}". Name another redis-server in lab.json or in the setting "redisHaLab.serverPath".',
          name,
        ),
        { remedy: 'chooseServer' },
      );
    }
    const version = await this.versionOf(path);
    if (version) return { path, version };
    throw new HumanError(
      l10n.t(
        '"{0}" is not a redis-server: its answer to --version is not that of Redis or Valkey. Name another program in lab.json or in the setting "redisHaLab.serverPath".',
        path,
      ),
      {
        remedy: 'chooseServer',
      },
    );
  }

  private async resolve(name: string, labDirectory: string): Promise<string | undefined> {
    if (isAbsolute(name)) return (await isProgram(name)) ? name : undefined;
    if (/[\\/]/.test(name)) {
      const path = resolve(labDirectory, name);
      return (await isProgram(path)) ? path : undefined;
    }
    const endings = process.platform === 'win32' && !/\.exe$/i.test(name) ? ['.exe'] : [''];
    for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
      for (const ending of endings) {
        const path = join(folder, name + ending);
        if (folder !== '' && (await isProgram(path))) return path;
      }
    }
    return undefined;
  }

  private async versionOf(path: string): Promise<ServerVersion | undefined> {
    const { mtimeMs, size } = await stat(path);
    const key = `${path}\0${mtimeMs}\0${size}`;
    let version = this.versions.get(key);
    if (!version) {
      version = askVersion(path);
      this.versions.set(key, version);
    }
    return version;
  }
}

async function askVersion(path: string): Promise<ServerVersion | undefined> {
  const { execa } = await import('execa');
  const { stdout } = await execa(path, ['--version'], {
    reject: false,
    timeout: versionTime,
    stdin: 'ignore',
    forceKillAfterDelay: 500,
    maxBuffer: 100_000,
  });
  return parseVersionOutput(typeof stdout === 'string' ? stdout : '', process.platform === 'win32');
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
