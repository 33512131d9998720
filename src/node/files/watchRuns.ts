import { watch, type FSWatcher } from 'node:fs';
import type { Disposable } from '../../lab/emitter';
import type { LabPaths } from './labPaths';

/** Several files change together when a node starts; they are told as one, in milliseconds. */
const quietTime = 10;

/** Watches the run folder. It does not exist before the first start: until then the lab's folder is watched for it. */
export function watchRuns(paths: LabPaths, onChange: () => void): Disposable {
  let watcher: FSWatcher | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isDisposed = false;

  const tell = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      onChange();
    }, quietTime);
  };
  const open = (folder: string, onEvent: () => void): boolean => {
    try {
      watcher?.close();
      watcher = watch(folder, onEvent);
      watcher.on('error', () => watcher?.close());
      return true;
    } catch {
      return false;
    }
  };
  const watchRunFolder = (): boolean => open(paths.runFolder, tell);
  const onLabFolder = (): void => {
    if (!isDisposed && watchRunFolder()) tell();
    else if (!isDisposed) open(paths.directory, onLabFolder);
  };
  if (!watchRunFolder()) open(paths.directory, onLabFolder);

  return {
    dispose: () => {
      isDisposed = true;
      clearTimeout(timer);
      watcher?.close();
    },
  };
}
