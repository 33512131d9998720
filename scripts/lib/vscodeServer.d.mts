export interface ServerOptions {
  /** A packed extension to install before the start. */
  readonly extensionVsix?: string;
  /** User settings on top of the quiet ones. */
  readonly settings?: Record<string, unknown>;
  /** Folders are not trusted until somebody says so; by default all are. */
  readonly workspaceTrust?: boolean;
  /** Environment of the server and so of the extension host, on top of ours. */
  readonly env?: NodeJS.ProcessEnv;
  /** Where the server keeps its data. By default a temporary folder, removed by `stop()`. */
  readonly dataDir?: string;
  /** Needed for extensions under development and their tests; with it notification toasts are never shown. */
  readonly smokeTestDriver?: boolean;
  /** By default a free one. */
  readonly port?: number;
  /** More arguments for the server. */
  readonly args?: readonly string[];
}

export interface VscodeServer {
  readonly port: number;
  /** The data folder: logs are under data/logs. */
  readonly dir: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export const quietSettings: Record<string, unknown>;
export function ensureVscodeServer(options?: { quiet?: boolean }): Promise<{ node: string; main: string }>;
export function startServer(options?: ServerOptions): Promise<VscodeServer>;
