import * as vscode from 'vscode';
import { Cancelled } from '../errors';

/** The person wants the step before. */
export class Back extends Error {
  override readonly name = 'Back';
}

/** What every step of a wizard shows. */
export interface StepFrame {
  readonly title: string;
  /** Whether there is a step before this one. */
  readonly canGoBack: boolean;
}

/** A quick pick as a step: throws {@link Back} or {@link Cancelled} when the person leaves it. */
export async function pickStep<T extends vscode.QuickPickItem>(
  frame: StepFrame,
  items: readonly T[],
  placeholder: string,
  active?: T,
): Promise<T> {
  const pick = vscode.window.createQuickPick<T>();
  pick.title = frame.title;
  pick.placeholder = placeholder;
  pick.items = items;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  if (active) pick.activeItems = [active];
  if (frame.canGoBack) pick.buttons = [vscode.QuickInputButtons.Back];
  return ended(pick, resolve =>
    pick.onDidAccept(() => pick.selectedItems[0] && resolve(pick.selectedItems[0])),
  );
}

/** An input box as a step. `check` gives what is wrong with a value, or undefined. */
export async function inputStep(
  frame: StepFrame,
  options: {
    readonly prompt: string;
    readonly value: string;
    readonly password?: boolean;
    readonly check: (value: string) => string | undefined;
  },
): Promise<string> {
  const input = vscode.window.createInputBox();
  input.title = frame.title;
  input.prompt = options.prompt;
  input.value = options.value;
  input.password = options.password === true;
  input.ignoreFocusOut = true;
  if (frame.canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
  input.onDidChangeValue(value => (input.validationMessage = options.check(value)));
  return ended(input, resolve =>
    input.onDidAccept(() => {
      input.validationMessage = options.check(input.value);
      if (input.validationMessage === undefined) resolve(input.value);
    }),
  );
}

function ended<T>(
  input:
    | vscode.QuickPick<vscode.QuickPickItem>
    | vscode.QuickPick<vscode.QuickPickItem & T>
    | vscode.InputBox,
  onAccept: (resolve: (value: T) => void) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    onAccept(resolve);
    input.onDidTriggerButton(() => reject(new Back()));
    input.onDidHide(() => reject(new Cancelled()));
    input.show();
  }).finally(() => input.dispose());
}
