import * as vscode from 'vscode';
import { askChoiceOrText, type ChoiceOrTextQuestion } from './askChoiceOrText.ts';
import { askPick, askPickMany, type Answer, type PickManyQuestion, type PickQuestion } from './askPick.ts';
import { askText, type TextQuestion } from './askText.ts';
import { goBack, type Asking } from './question.ts';

/** What a wizard can ask. Each rejects when the person goes back or gives up: let it pass. */
export interface Ask {
  text(question: TextQuestion): Promise<string>;
  pick<T extends Answer>(question: PickQuestion<T>): Promise<T>;
  pickMany<T>(question: PickManyQuestion<T>): Promise<readonly T[]>;
  /** One of a list, or what is typed instead. */
  choiceOrText(question: ChoiceOrTextQuestion): Promise<string>;
  /** A file on this machine, by the system's own dialog. */
  file(options: vscode.OpenDialogOptions): Promise<vscode.Uri>;
}

class GivenUp extends Error {}
class Back extends Error {}

/**
 * Asks one question after the other, written as if nobody ever went back: on "Back" `questions` runs again, and all but
 * the last answer is given by itself. So it must do nothing but ask, and what it reads from a host between two
 * questions should be read once and kept outside. @returns undefined when the person gives up
 */
export async function wizard<T>(title: string, questions: (ask: Ask) => Promise<T>): Promise<T | undefined> {
  const given: unknown[] = [];
  let known = 0;
  for (;;) {
    let position = 0;
    const question = async <A>(
      show: (asking: Asking<A>) => Promise<A | typeof goBack | undefined>,
    ): Promise<A> => {
      const index = position;
      position += 1;
      const before = given[index] as A | undefined;
      if (index < known) return before as A;
      const answer = await show({ title, step: index + 1, before, canGoBack: index > 0 });
      if (answer === undefined) throw new GivenUp();
      if (answer === goBack) throw new Back();
      if (answer !== before) given.length = index;
      given[index] = answer;
      known = index + 1;
      return answer;
    };
    const ask: Ask = {
      text: (asked) => question((asking) => askText(asked, asking)),
      pick: (asked) => question((asking) => askPick(asked, asking)),
      pickMany: (asked) => question((asking) => askPickMany(asked, asking)),
      choiceOrText: (asked) => question((asking) => askChoiceOrText(asked, asking)),
      file: (options) =>
        question(async () => (await vscode.window.showOpenDialog({ ...options, canSelectMany: false }))?.[0]),
    };
    try {
      return await questions(ask);
    } catch (error) {
      if (error instanceof GivenUp) return undefined;
      if (!(error instanceof Back)) throw error;
      known -= 1;
    }
  }
}
