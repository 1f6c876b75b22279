import * as vscode from 'vscode';
import { CancelledError, messageOf, Problem } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ReportProgress } from '../../base/progress.ts';
import { sentences } from '../../base/sentences.ts';
import { withProgress } from '../progress.ts';
import type { Act, Bulk, CommandServices, TargetNode } from './command.ts';

/** How many objects of one host are worked on at a time: a host answers two calls that may wait for a guest at once. */
const atATime = 2;

interface Failure {
  readonly node: TargetNode;
  readonly error: unknown;
}

/** Asks once, then does it to all: hosts side by side, each within its limits. Ends with one summary. */
export async function runInBulk(
  bulk: Bulk<TargetNode>,
  nodes: readonly TargetNode[],
  services: CommandServices,
): Promise<void> {
  const act = await bulk.prepare(nodes, services);
  if (!act) return;
  const title = bulk.title(nodes.length);
  let left = nodes;
  while (left.length > 0) left = await actOnAll({ title, count: nodes.length }, act, left, services);
}

/** What was asked for at first, of which a part may be tried again. */
interface Whole {
  readonly title: string;
  readonly count: number;
}

/** @returns what is to be tried again */
async function actOnAll(
  whole: Whole,
  act: Act<TargetNode>,
  nodes: readonly TargetNode[],
  { log }: CommandServices,
): Promise<readonly TargetNode[]> {
  const { title } = whole;
  log.info(title);
  const failures: Failure[] = [];
  let done = 0;
  const work = async (signal: AbortSignal, report: ReportProgress): Promise<void> => {
    const one = async (node: TargetNode): Promise<void> => {
      try {
        await act(node, node.host.require(), signal);
      } catch (error) {
        if (error instanceof CancelledError) return;
        failures.push({ node, error });
        log.error(`${nameOf(node)}: ${messageOf(error)}`);
        if (error instanceof Problem && error.raw !== undefined) log.error(error.raw);
      }
      done += 1;
      report({ fraction: done / nodes.length, message: t('{0} of {1}', done, nodes.length) });
    };
    await Promise.all(byHost(nodes).map((queue) => inTurns(queue, signal, one)));
  };
  try {
    await withProgress({ title }, work);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    void vscode.window.showInformationMessage(
      t('{0}: cancelled after {1} of {2}.', title, done - failures.length, nodes.length),
    );
    return [];
  }
  return summarize(whole, failures);
}

function byHost(nodes: readonly TargetNode[]): readonly TargetNode[][] {
  const hosts = new Set(nodes.map(({ host }) => host));
  return [...hosts].map((host) => nodes.filter((node) => node.host === host));
}

async function inTurns(
  queue: TargetNode[],
  signal: AbortSignal,
  one: (node: TargetNode) => Promise<void>,
): Promise<void> {
  const worker = async (): Promise<void> => {
    for (let node = queue.shift(); node && !signal.aborted; node = queue.shift()) await one(node);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}

/** @returns what is to be tried again */
async function summarize(
  { title, count }: Whole,
  failures: readonly Failure[],
): Promise<readonly TargetNode[]> {
  if (failures.length === 0) {
    void vscode.window.showInformationMessage(t('{0}: done.', title));
    return [];
  }
  const retry = t('Retry');
  const show = t('Show Failures');
  const answer = await vscode.window.showErrorMessage(
    t('{0}: {1} done, {2} failed.', title, count - failures.length, failures.length),
    retry,
    show,
  );
  const chosen = answer === show ? await chooseToRetry(failures) : answer === retry ? failures : [];
  return chosen.map(({ node }) => node);
}

/** The failures with their reasons; those that stay ticked are tried again. */
async function chooseToRetry(failures: readonly Failure[]): Promise<readonly Failure[]> {
  const items = failures.map((failure) => ({
    label: nameOf(failure.node),
    detail: sentences(
      messageOf(failure.error),
      failure.error instanceof Problem ? failure.error.advice : undefined,
    ),
    picked: true,
    failure,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: t('What failed, and why. Accept to try the ticked ones again.'),
  });
  return (chosen ?? []).map(({ failure }) => failure);
}

function nameOf({ name, host }: TargetNode): string {
  return t('{0} on {1}', name, host.name);
}
