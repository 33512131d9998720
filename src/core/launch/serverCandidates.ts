/** Where to look for redis-server, in order. Names without a folder are looked up on PATH. */
export interface ServerCandidates {
  readonly onPath: readonly string[];
  readonly files: readonly string[];
}

/** The operating systems whose usual places are known; anything else is treated like linux. */
export type Platform = 'linux' | 'darwin' | 'win32';

/** The usual places of redis-server and valkey-server, and of Memurai, which is a Redis for Windows. */
export function serverCandidates(platform: Platform): ServerCandidates {
  switch (platform) {
    case 'win32':
      return {
        onPath: ['redis-server.exe', 'valkey-server.exe', 'memurai.exe'],
        files: [
          'C:\\Program Files\\Redis\\redis-server.exe',
          'C:\\Program Files\\Memurai\\memurai.exe',
          'C:\\ProgramData\\chocolatey\\bin\\redis-server.exe',
          'C:\\Redis\\redis-server.exe',
        ],
      };
    case 'darwin':
      return {
        onPath: ['redis-server', 'valkey-server'],
        files: [
          '/opt/homebrew/bin/redis-server',
          '/usr/local/bin/redis-server',
          '/opt/homebrew/bin/valkey-server',
          '/usr/local/bin/valkey-server',
          '/opt/local/bin/redis-server',
        ],
      };
    case 'linux':
      return {
        onPath: ['redis-server', 'valkey-server'],
        files: [
          '/usr/bin/redis-server',
          '/usr/local/bin/redis-server',
          '/usr/bin/valkey-server',
          '/usr/local/bin/valkey-server',
          '/snap/bin/redis.server',
          '/opt/redis/bin/redis-server',
        ],
      };
  }
}

/** The command that installs Redis, typed into a terminal for the person to run; undefined where there is no single right one. */
export function installCommand(platform: Platform, isRoot: boolean): string | undefined {
  switch (platform) {
    case 'linux':
      return isRoot
        ? 'apt-get update && apt-get install -y redis-server'
        : 'sudo apt-get update && sudo apt-get install -y redis-server';
    case 'darwin':
      return 'brew install redis';
    case 'win32':
      return 'wsl --install';
  }
}
