import * as vscode from 'vscode';
import { goBack, type Asking } from './question.ts';

export interface TextQuestion {
  /** Below the input: what it is and what it is for. */
  readonly prompt: string;
  readonly placeholder?: string;
  /** What is there already. */
  readonly value?: string | undefined;
  /** Not shown while it is typed. */
  readonly secret?: boolean;
  /** Why a value cannot be taken, undefined when it can. Called with each key: it must be quick. */
  readonly refusal?: (value: string) => string | undefined;
}

/** @returns undefined when the person gives up */
export function askText(
  { prompt, placeholder = '', value = '', secret = false, refusal }: TextQuestion,
  { title, step, before, canGoBack }: Asking<string>,
): Promise<string | typeof goBack | undefined> {
  const input = vscode.window.createInputBox();
  input.title = title;
  input.step = step;
  input.prompt = prompt;
  input.placeholder = placeholder;
  input.value = before ?? value;
  // A name is typed after a folder, not over it.
  if (/[^/]\/$/.test(input.value)) input.valueSelection = [input.value.length, input.value.length];
  input.password = secret;
  input.ignoreFocusOut = true;
  input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  const validate = (): string | undefined => {
    const why = refusal?.(input.value);
    input.validationMessage = why ?? '';
    return why;
  };
  return new Promise<string | typeof goBack | undefined>((resolve) => {
    input.onDidChangeValue(validate);
    input.onDidAccept(() => {
      if (validate() === undefined) resolve(input.value);
    });
    input.onDidTriggerButton(() => {
      resolve(goBack);
    });
    input.onDidHide(() => {
      resolve(undefined);
    });
    input.show();
  }).finally(() => {
    input.dispose();
  });
}
