import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { Choice } from './askPick.ts';
import { goBack, type Asking } from './question.ts';

export interface ChoiceOrTextQuestion {
  readonly placeholder: string;
  /** What can be chosen besides typing. Read when the question is shown; when that fails, it is said in the list. */
  readonly choices: readonly Choice<string>[] | (() => Promise<readonly Choice<string>[]>);
  /** What is there already, as if it had been typed. */
  readonly value?: string | undefined;
  /** Why a typed text cannot be taken, undefined when it can. Called with each key: it must be quick. */
  readonly refusal?: (value: string) => string | undefined;
  /** What is to be said of a typed text that can be taken. */
  readonly describe?: (value: string) => string | undefined;
}

type TextChecks = Readonly<
  Record<'refusal' | 'describe', ((value: string) => string | undefined) | undefined>
>;

interface Item extends vscode.QuickPickItem {
  /** undefined: it only says something. */
  readonly value: string | undefined;
}

/** A list to choose from in which something else can be typed. @returns undefined when the person gives up */
export async function askChoiceOrText(
  { placeholder, choices, value = '', refusal, describe }: ChoiceOrTextQuestion,
  { title, step, before, canGoBack }: Asking<string>,
): Promise<string | typeof goBack | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.step = step;
  pick.placeholder = placeholder;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  let listed: readonly Item[] = [];
  const fill = (): void => {
    const typed = pick.value.trim();
    pick.items = [...typedItems(typed, listed, { refusal, describe }), ...listed];
    const chosen =
      typed === ''
        ? listed.find((item) => item.value === before)
        : refusal?.(typed) !== undefined && listed.find(({ label }) => label.includes(typed));
    if (chosen) pick.activeItems = [chosen];
  };
  try {
    return await new Promise<string | typeof goBack | undefined>((resolve) => {
      pick.onDidChangeValue(fill);
      pick.onDidAccept(() => {
        const given = pick.activeItems[0]?.value;
        if (given !== undefined) resolve(given);
      });
      pick.onDidTriggerButton(() => {
        resolve(goBack);
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      const show = (read: readonly Item[]): void => {
        listed = read;
        if (before !== undefined && !listed.some((item) => item.value === before)) pick.value = before;
        fill();
      };
      pick.value = value;
      pick.show();
      if (typeof choices !== 'function') {
        show(choices.map(itemOf));
        return;
      }
      pick.busy = true;
      fill();
      choices()
        .then((read) => read.map(itemOf), couldNotList)
        .then(
          (read) => {
            pick.busy = false;
            show(read);
          },
          resolve as () => void,
        );
    });
  } finally {
    pick.dispose();
  }
}

function typedItems(
  typed: string,
  listed: readonly Item[],
  { refusal, describe }: TextChecks,
): readonly Item[] {
  if (typed === '' || listed.some(({ value }) => value === typed)) return [];
  const why = refusal?.(typed);
  return why === undefined
    ? [{ label: typed, description: describe?.(typed) ?? t('as typed'), value: typed, alwaysShow: true }]
    : [
        {
          label: typed,
          description: why,
          iconPath: new vscode.ThemeIcon('error'),
          value: undefined,
          alwaysShow: true,
        },
      ];
}

function couldNotList(error: unknown): readonly Item[] {
  return [
    {
      label: t('Type it'),
      detail: t('There is no list: {0}', messageOf(error)),
      iconPath: new vscode.ThemeIcon('info'),
      value: undefined,
      alwaysShow: true,
    },
  ];
}

function itemOf({ label, description, detail, value, icon }: Choice<string>): Item {
  return {
    label,
    value,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    ...(icon && { iconPath: icon }),
  };
}
