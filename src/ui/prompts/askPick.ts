import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import { goBack, type Asking } from './question.ts';

/** What can be an answer: undefined is the answer of somebody who gives up. */
export type Answer = string | number | boolean | symbol | object | null;

export interface Choice<T> {
  readonly label: string;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
  readonly value: T;
  readonly icon?: vscode.ThemeIcon;
  /** Listed, so that nobody looks for it, and not to be chosen. */
  readonly isUnavailable?: boolean;
}

export interface PickQuestion<T> {
  readonly placeholder: string;
  /** Read when the question is shown; the list says that it is loading meanwhile. */
  readonly choices: readonly Choice<T>[] | (() => Promise<readonly Choice<T>[]>);
  /** Whether this one is chosen already. */
  readonly preselected?: (value: T) => boolean;
}

export interface PickManyQuestion<T> extends PickQuestion<T> {
  /** Why these cannot be taken together, undefined when they can. */
  readonly refusal?: (values: readonly T[]) => string | undefined;
}

interface Item<T> extends vscode.QuickPickItem {
  readonly value: T;
  readonly isUnavailable: boolean;
}

/** @returns undefined when the person gives up */
export async function askPick<T extends Answer>(
  question: PickQuestion<T>,
  asking: Asking<T>,
): Promise<T | typeof goBack | undefined> {
  const pick = createPick(question, asking);
  const preselected = (value: T): boolean =>
    asking.before === undefined ? question.preselected?.(value) === true : value === asking.before;
  return shown(
    pick,
    question,
    (items) => {
      const chosen = items.find(({ value }) => preselected(value));
      // None set would leave none active: Enter would do nothing.
      if (chosen) pick.activeItems = [chosen];
    },
    () => pick.activeItems.find(({ isUnavailable }) => !isUnavailable)?.value,
  );
}

/** @returns undefined when the person gives up; none chosen is an answer */
export async function askPickMany<T>(
  question: PickManyQuestion<T>,
  asking: Asking<readonly T[]>,
): Promise<readonly T[] | typeof goBack | undefined> {
  const pick = createPick(question, asking);
  pick.canSelectMany = true;
  const preselected = (value: T): boolean =>
    asking.before?.includes(value) ?? question.preselected?.(value) === true;
  return shown(
    pick,
    question,
    (items) => {
      pick.selectedItems = items.filter(({ value }) => preselected(value));
    },
    () => {
      const values = pick.selectedItems.map(({ value }) => value);
      const why = question.refusal?.(values);
      pick.title = why === undefined ? asking.title : `${asking.title}: ${why}`;
      return why === undefined ? values : undefined;
    },
  );
}

function createPick<T>(
  { placeholder }: PickQuestion<T>,
  { title, step, canGoBack }: Asking<unknown>,
): vscode.QuickPick<Item<T>> {
  const pick = vscode.window.createQuickPick<Item<T>>();
  pick.title = title;
  pick.step = step;
  pick.placeholder = placeholder;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  return pick;
}

/** Shows the pick until it is answered; `answer` gives undefined for what cannot be taken. Rejects when its choices cannot be read. */
async function shown<T, Answer>(
  pick: vscode.QuickPick<Item<T>>,
  { choices }: PickQuestion<T>,
  select: (items: readonly Item<T>[]) => void,
  answer: () => Answer | undefined,
): Promise<Answer | typeof goBack | undefined> {
  const fill = (read: readonly Choice<T>[]): void => {
    pick.items = read.map(itemOf);
    select(pick.items);
  };
  try {
    return await new Promise<Answer | typeof goBack | undefined>((resolve, reject) => {
      pick.onDidAccept(() => {
        const given = answer();
        if (given !== undefined) resolve(given);
      });
      pick.onDidTriggerButton(() => {
        resolve(goBack);
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
      if (typeof choices !== 'function') {
        fill(choices);
        return;
      }
      pick.busy = true;
      choices().then(
        (read) => {
          pick.busy = false;
          fill(read);
        },
        (error: unknown) => {
          reject(error instanceof Error ? error : new Error(messageOf(error)));
        },
      );
    });
  } finally {
    pick.dispose();
  }
}

function itemOf<T>({ label, description, detail, value, icon, isUnavailable = false }: Choice<T>): Item<T> {
  return {
    label,
    value,
    isUnavailable,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    ...(icon && { iconPath: icon }),
  };
}
