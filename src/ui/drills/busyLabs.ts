import * as l10n from '@vscode/l10n';
import { HumanError } from '../../core/humanError';
import type { Disposable } from '../../lab/emitter';

/** The labs in which a drill runs: two at once would measure each other's faults. */
export class BusyLabs {
  private readonly directories = new Set<string>();

  /** Takes a lab until it is given back; throws a HumanError while another drill has it. */
  take(directory: string, name: string): Disposable {
    if (this.directories.has(directory))
      throw new HumanError(
        l10n.t('A drill is running in "{0}" already. Wait for its end, or cancel it.', name),
      );
    this.directories.add(directory);
    return { dispose: () => this.directories.delete(directory) };
  }
}
