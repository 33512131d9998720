import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** What a person does with a list: the beginning of a label (without its icon), or what they do while it is open. */
type Answer = string | ((items: readonly vscode.QuickPickItem[]) => string | undefined);

/** What is always answered where it is asked: a lab that is not ready for a drill yet is waited for. */
const patient = 'Wait until Ready';

/** Answers the next lists in this order; undefined closes a list. Disposed, it looks that all were asked. */
export function answerLists(...answers: readonly Answer[]): vscode.Disposable {
  const { showQuickPick } = vscode.window;
  const left = [...answers];
  const answer = async (
    items: readonly vscode.QuickPickItem[],
    { title = '' }: vscode.QuickPickOptions = {},
  ): Promise<vscode.QuickPickItem | undefined> => {
    const wait = items.find(item => item.label === patient);
    if (wait && left[0] !== patient) return wait;
    const next = left.shift();
    assert.ok(next !== undefined, `nobody has an answer to "${title}"`);
    const label = typeof next === 'string' ? next : next(items);
    if (label === undefined) return undefined;
    const found = items.find(item => item.label.replace(/^\$\([\w-]+\) /, '').startsWith(label));
    assert.ok(found, `"${title}" has no "${label}": ${items.map(item => item.label).join(', ')}`);
    return found;
  };
  Object.defineProperty(vscode.window, 'showQuickPick', { value: answer, configurable: true });
  return {
    dispose: () => {
      Object.defineProperty(vscode.window, 'showQuickPick', { value: showQuickPick, configurable: true });
      assert.deepEqual(left, [], 'all lists were shown');
    },
  };
}
