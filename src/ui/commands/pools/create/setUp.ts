import * as vscode from 'vscode';
import { messageOf } from '../../../../base/errors.ts';
import { t } from '../../../../base/l10n.ts';
import type { ReportProgress } from '../../../../base/progress.ts';
import type { ConnectedHost } from '../../../../hosts/hostSession.ts';
import type { PoolRef, SecretRef } from '../../../../libvirt/protocol/refs.ts';
import { undefineSecret } from '../../../../libvirt/secrets.ts';
import { removePool } from '../../../../operations/pools/removePool.ts';
import { PoolSetupProblem, setUpPool, type PoolSetup } from '../../../../operations/pools/setUpPool.ts';
import type { SecretHost } from '../../../../operations/secrets/defineSecret.ts';
import type { HostNode } from '../../../explorer/hostNode.ts';
import { showProblem } from '../../../problems.ts';
import { withProgress } from '../../../progress.ts';
import type { CommandServices } from '../../command.ts';
import { onObject } from '../../onObject.ts';
import { storagePatience } from '../poolCommand.ts';

/** How long a secret may take to be undefined again. */
const takeAwayMs = 10_000;

export interface PlannedSetup {
  readonly setup: PoolSetup;
  /** Sees to the secret that the pool names. @returns it if it was made, undefined when it was there */
  readonly provideSecret?:
    ((host: SecretHost, signal: AbortSignal) => Promise<SecretRef | undefined>) | undefined;
}

/** Makes the secret and the pool. When defining fails the secret is taken away again; after that, "Undo" does it all. */
export async function setUp(
  node: HostNode,
  services: CommandServices,
  { setup, provideSecret }: PlannedSetup,
): Promise<void> {
  const { name: host } = node;
  const title = t('Setting up the pool {0} on {1}', setup.name, host);
  let made: SecretRef | undefined;
  let work: Promise<PoolRef> | undefined;
  const run = async (
    { connection }: ConnectedHost,
    signal: AbortSignal,
    report: ReportProgress,
  ): Promise<PoolRef> => {
    made = await provideSecret?.({ name: host, connection }, signal);
    return setUpPool({ name: host, connection }, setup, { signal, report });
  };
  try {
    // Whoever cancels is told what is there by then: the work itself knows.
    await onObject(
      node,
      services,
      { title, patience: storagePatience() },
      (on, signal, report) => (work = run(on, signal, report)),
    ).catch((error: unknown) => {
      if (!work) throw error;
    });
    const pool = await work;
    if (setup.autostart && pool) node.host.inventory?.pools.noteAutostart(pool.uuid, true);
    void vscode.window.showInformationMessage(done(setup, host));
  } catch (error) {
    if (!(error instanceof PoolSetupProblem)) {
      if (made) await takeAwaySecret(node, services, made);
      throw error;
    }
    if (setup.autostart) node.host.inventory?.pools.noteAutostart(error.pool.uuid, true);
    showProblem(error, services.log, {
      title: t('Undo'),
      run: () => undo(node, services, error.pool, made),
    });
  }
}

function done({ name, start }: PoolSetup, host: string): string {
  return start
    ? t('The pool {0} is set up on {1} and active.', name, host)
    : t('The pool {0} is defined on {1}.', name, host);
}

/** The pool was not defined: nothing needs the secret. */
async function takeAwaySecret(node: HostNode, { log }: CommandServices, made: SecretRef): Promise<void> {
  try {
    await undefineSecret(node.host.require().connection, made, { timeoutMs: takeAwayMs });
  } catch (error) {
    log.warn(t('The secret {0} stays on {1}: {2}', made.usageId, node.name, messageOf(error)));
  }
}

async function undo(
  node: HostNode,
  { log }: CommandServices,
  pool: PoolRef,
  made: SecretRef | undefined,
): Promise<void> {
  try {
    await withProgress({ title: undefiningTitle(pool.name, node.name) }, async (signal) => {
      const { connection } = node.host.require();
      await removePool({ name: node.name, connection }, pool, { signal });
      if (made) await undefineSecret(connection, made, { signal });
    });
  } catch (error) {
    showProblem(error, log);
  }
}

function undefiningTitle(pool: string, host: string): string {
  return t('Undefining the pool {0} on {1}', pool, host);
}
