import * as vscode from 'vscode';
import { CancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { explainStartFailure } from '../../operations/domainStartProblem.ts';
import type { DomainCreation } from '../../operations/newDomain/createDomain.ts';
import { showProblem } from '../problems.ts';
import { withProgress } from '../progress.ts';
import { confirm } from '../prompts/confirm.ts';
import type { DraftPlan } from './newDomainDraft.ts';

export interface Created {
  readonly session: HostSession;
  readonly creation: DomainCreation;
  readonly domain: DomainRef;
  readonly plan: DraftPlan;
}

export interface StartServices {
  readonly log: vscode.LogOutputChannel;
  /** Called when the domain has been removed again. */
  readonly undone: () => Promise<void>;
}

/** Starts a domain that has just been made; when it does not start, offers to take everything back. Never rejects. */
export async function startCreated(created: Created, services: StartServices): Promise<void> {
  const { session, creation, domain, plan } = created;
  const { name } = domain;
  const { log } = services;
  const remove = { title: t('Remove It Again…'), run: () => removeCreated(created, services) };
  try {
    await withProgress({ title: t('Starting {0} on {1}', name, session.name) }, (signal) =>
      creation.start(domain, { signal }),
    );
    if (plan.installer) await creation.forgetInstaller(domain);
  } catch (error) {
    if (!(error instanceof CancelledError)) {
      showProblem(explainStartFailure(error, name, session.name), log, remove);
      return;
    }
    const said = t('{0} is there on {1} and was not started.', name, session.name);
    const answer = await vscode.window.showInformationMessage(said, remove.title);
    if (answer !== undefined) await remove.run();
    return;
  }
  const runs = t('{0} runs on {1}.', name, session.name);
  void vscode.window.showInformationMessage(plan.whatNext === undefined ? runs : `${runs} ${plan.whatNext}`);
}

async function removeCreated(created: Created, { log, undone }: StartServices): Promise<void> {
  const { session, creation, domain } = created;
  const volumes = creation.volumes.map(({ pool, name }) => t('{0} in {1}', name, pool));
  const isWanted = await confirm(
    t('Remove {0} from {1} again?', domain.name, session.name),
    [
      t('Its definition is removed, and the volumes that were made for it are deleted:'),
      ...volumes,
      '',
      t('The XML stays in an editor.'),
    ].join('\n'),
    t('Remove'),
  );
  if (!isWanted) return;
  try {
    await withProgress({ title: t('Removing {0} from {1}', domain.name, session.name) }, async () => {
      await creation.undefine(domain);
      await creation.removeVolumes();
    });
    await undone();
  } catch (error) {
    showProblem(error, log);
  }
}
