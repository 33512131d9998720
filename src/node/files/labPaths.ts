import { isAbsolute, join } from 'node:path';
import type { NodeSpec } from '../../core/model/lab';
import { labFileName } from '../../core/model/labFile';

/** Absolute paths of a lab folder. */
export class LabPaths {
  constructor(readonly directory: string) {}

  get labFile(): string {
    return join(this.directory, labFileName);
  }

  get runFolder(): string {
    return join(this.directory, 'run');
  }

  /** The first form of the confs, kept for a diff and a reset: servers rewrite the others. */
  get firstFolder(): string {
    return join(this.directory, 'conf', '.first');
  }

  conf(node: NodeSpec): string {
    return this.absolute(node.conf);
  }

  firstConf(node: NodeSpec): string {
    return join(this.firstFolder, `${node.name}.conf`);
  }

  data(node: NodeSpec): string {
    return this.absolute(node.data);
  }

  log(node: NodeSpec): string {
    return this.absolute(node.log);
  }

  runRecord(node: string): string {
    return join(this.runFolder, `${node}.json`);
  }

  exitRecord(node: string): string {
    return join(this.runFolder, `${node}.exit.json`);
  }

  /** There while somebody starts this node: two programs that do it at the same time take turns. */
  startClaim(node: string): string {
    return join(this.runFolder, `${node}.starting`);
  }

  /** The faults that are on, with what undoes them: private, it can hold former passwords. */
  get faults(): string {
    return join(this.runFolder, 'faults.json');
  }

  /** There while somebody changes {@link faults}. */
  get faultsClaim(): string {
    return join(this.runFolder, 'faults.changing');
  }

  /** Whose drill is on in this lab. */
  get drill(): string {
    return join(this.runFolder, 'drill.json');
  }

  /** There while somebody looks at, and takes, {@link drill}. */
  get drillClaim(): string {
    return join(this.runFolder, 'drill.changing');
  }

  /** What a server writes before its log file is open, such as a conf error. */
  output(node: string): string {
    return join(this.runFolder, `${node}.out`);
  }

  private absolute(path: string): string {
    return isAbsolute(path) ? path : join(this.directory, path);
  }
}
