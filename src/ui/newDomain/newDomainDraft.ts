import type * as vscode from 'vscode';
import { CancelledError, messageOf } from '../../base/errors.ts';
import type { Disposable } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import type { HostSession } from '../../hosts/hostSession.ts';
import type { DomainRef } from '../../libvirt/protocol/refs.ts';
import { DomainCreation } from '../../operations/newDomain/createDomain.ts';
import { domainNameRefusal } from '../../operations/newDomain/domainName.ts';
import type { Installer } from '../../operations/newDomain/installTree.ts';
import { volumeSource } from '../../operations/storage/poolOffer.ts';
import type { VolumePlan } from '../../operations/newDomain/storage/volumePlan.ts';
import type { KnownVolume } from '../../rules/hostKnowledge.ts';
import { identityOf } from '../../xml/identity.ts';
import type { Draft } from '../documents/drafts.ts';
import { documentUri } from '../documents/documentUri.ts';
import type { SaveServices } from '../documents/saveDefinition.ts';
import { withProgress } from '../progress.ts';
import { confirm } from '../prompts/confirm.ts';
import { askCreation, mentioned } from './askCreation.ts';
import { startCreated } from './startCreated.ts';

/** What a new domain needs besides its XML. */
export interface DraftPlan {
  readonly volumes: readonly VolumePlan[];
  readonly installer: Installer | undefined;
  /** Said once it runs. */
  readonly whatNext: string | undefined;
}

/** The XML of a new domain, which is made when it is saved. */
export class NewDomainDraft implements Draft {
  text: string;
  readonly session: HostSession;
  readonly #plan: DraftPlan;
  readonly #creation: DomainCreation;
  /** Lets the rules count what is going to be made as there. */
  readonly #expected: Disposable | undefined;
  /** Shows the text again once what was made of it has been removed. */
  readonly #reopen: (text: string) => Promise<void>;

  constructor(
    text: string,
    session: HostSession,
    plan: DraftPlan,
    reopen: (text: string, session: HostSession, plan: DraftPlan) => Promise<void>,
  ) {
    this.text = text;
    this.session = session;
    this.#plan = plan;
    this.#creation = new DomainCreation(() => session.require());
    this.#expected = session.connected?.knowledge.expectVolumes(plan.volumes.map(asKnown));
    this.#reopen = (again) => reopen(again, session, plan);
  }

  async create(document: vscode.Uri, text: string, { faults, log }: SaveServices): Promise<vscode.Uri> {
    const host = await this.session.connect();
    const { name = '' } = identityOf(text);
    const taken = new Set([...host.inventory.domains.entries.values()].map(({ ref }) => ref.name));
    const why = domainNameRefusal(name, taken, this.session.name);
    if (why !== undefined) throw new CancelledError(why);
    const volumes = mentioned(this.#plan.volumes, text);
    const { installer } = this.#plan;
    const answer = await askCreation({ name, host: this.session.name, document, volumes, installer });
    if (answer === undefined) throw new CancelledError(t('Not saved.'));
    let domain: DomainRef;
    try {
      domain = await this.#make(name, text, volumes);
      faults.clear(document);
    } catch (error) {
      await faults.report(document, text, error);
      await this.offerToDelete(error instanceof CancelledError ? undefined : messageOf(error));
      throw error;
    }
    log.info(t('{0}: defined {1}', this.session.name, name));
    this.dispose();
    if (answer === 'start') {
      void startCreated(
        { session: this.session, creation: this.#creation, domain, plan: this.#plan },
        { log, undone: () => this.#reopen(text) },
      );
    }
    return documentUri({ host: this.session.name, folder: 'domains', name });
  }

  /** It has been made, or is given up. */
  dispose(): void {
    for (const { pool } of this.#plan.volumes)
      this.session.connected?.knowledge.volumesChanged(pool.ref.uuid);
    this.#expected?.dispose();
  }

  /** Asks what becomes of volumes that were made for a domain that is not there. */
  async offerToDelete(why: string | undefined): Promise<void> {
    const made = this.#creation.volumes;
    if (made.length === 0) return;
    const isWanted = await confirm(
      t('Delete the volumes that were made on {0}?', this.session.name),
      [
        ...(why === undefined ? [] : [why, '']),
        ...made.map(({ pool, name }) => t('{0} in {1}', name, pool)),
        '',
        t('The XML stays in its editor. If you keep them, saving it again uses them.'),
      ].join('\n'),
      t('Delete Volumes'),
    );
    if (isWanted) await withProgress({ title: t('Deleting volumes') }, () => this.#creation.removeVolumes());
  }

  async #make(name: string, text: string, volumes: readonly VolumePlan[]): Promise<DomainRef> {
    let running: Promise<DomainRef> | undefined;
    const title = t('Creating {0} on {1}', name, this.session.name);
    try {
      return await withProgress({ title }, (signal, report) => {
        running = (async () => {
          if (this.#plan.installer) await this.#creation.fetch(this.#plan.installer, { signal, report });
          await this.#creation.makeVolumes(volumes, { signal, report });
          if (signal.aborted) throw new CancelledError();
          return this.#creation.define(text);
        })();
        return running;
      });
    } catch (error) {
      const settled = running?.then(
        () => undefined,
        () => undefined,
      );
      // libvirt does not stop in the middle of a volume: only then is it known what is there.
      const ending = t('Waiting for {0} to end what it is at', this.session.name);
      if (settled && error instanceof CancelledError) await withProgress({ title: ending }, () => settled);
      throw error;
    }
  }
}

function asKnown({ pool, name, format }: VolumePlan): KnownVolume {
  const source = volumeSource(pool, name, format);
  return { pool: pool.ref.name, name, path: source.kind === 'rbd' ? source.image : source.path };
}
