import type { NodeSpec } from '../model/lab';

/** What to run for a node, as data: a program and its argument list, never a shell string. Paths are absolute. */
export interface LaunchPlan {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

/** Paths of a node that the plan needs. */
export interface LaunchPaths {
  readonly server: string;
  readonly conf: string;
  readonly data: string;
}

/**
 * `redis-server CONF` for a data node and `redis-server CONF --sentinel` for a Sentinel: the form every version and port knows
 * (3.0.504 for Windows has no redis-sentinel.exe). The conf comes first, because Redis takes only the first argument for a file.
 */
export function launchPlan(node: NodeSpec, paths: LaunchPaths): LaunchPlan {
  return {
    command: paths.server,
    args: node.kind === 'sentinel' ? [paths.conf, '--sentinel'] : [paths.conf],
    cwd: paths.data,
  };
}
