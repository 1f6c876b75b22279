import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { define, readDefinition, type DefinableFolder } from '../../hosts/definitions.ts';
import type { ConnectedHost, HostSession } from '../../hosts/hostSession.ts';
import { isActive } from '../../hosts/inventory/domains.ts';
import { lookupDomainByName, renameDomain } from '../../libvirt/domains.ts';
import { definitionAddress } from './libvirtFileSystem.ts';
import { documentUri, hasSecrets, type DocumentAddress } from './documentUri.ts';
import { showLiveDifference } from './liveDifference.ts';
import { decideSave } from './saveQuestions.ts';
import type { ServerFaults } from './serverFaults.ts';

export interface SaveServices {
  readonly faults: ServerFaults;
  readonly log: vscode.LogOutputChannel;
}

/** A document of an object on a host. */
interface HostDocument {
  readonly uri: vscode.Uri;
  readonly session: HostSession;
  readonly address: DocumentAddress;
}

/**
 * Saves a document: define with validation, and what has to be asked, kept and said around it. Rejects with the reason
 * when the host does not take it; it then stands in Problems as well.
 * @returns the document of the object, which has another name after a rename
 */
export async function saveDefinition(
  { uri, session, address }: HostDocument,
  text: string,
  services: SaveServices,
): Promise<vscode.Uri> {
  const { folder } = address;
  if (folder === 'volumes')
    throw vscode.FileSystemError.NoPermissions(t('The XML of a volume cannot be changed.'));
  const [host, { identityOf, withUuid }, { keepPasswords }] = await Promise.all([
    session.connect(),
    import('../../xml/identity.ts'),
    import('../../xml/keepPasswords.ts'),
  ]);
  const entry = [...host.inventory.domains.entries.values()].find(({ ref }) => ref.name === address.name);
  const active = folder === 'domains' && entry !== undefined && isActive(entry);
  const current = await readDefinition(host, definitionAddress(address), { secure: folder === 'domains' });
  let xml = text;
  if (current !== undefined) {
    const before = identityOf(current);
    const decision = await decideSave({
      folder,
      host: session.name,
      before,
      after: identityOf(text),
      canRename: folder === 'domains' && !active,
    });
    if (decision === 'keep-uuid' && before.uuid !== undefined) xml = withUuid(text, before.uuid);
    if (folder === 'domains' && !hasSecrets(uri)) xml = keepPasswords(xml, current);
    if (decision === 'rename') await rename(host, address, identityOf(text).name ?? address.name);
  }
  await defineAndReport(uri, host, folder, { shown: text, xml }, services);
  services.log.info(t('{0}: saved {1}', session.name, address.name));
  const name = identityOf(text).name ?? address.name;
  if (folder !== 'secrets' && name !== address.name) {
    return documentUri({ ...address, name }).with({ query: uri.query });
  }
  if (active) sayWhenItTakesEffect(uri, address.name, session.name);
  return uri;
}

async function defineAndReport(
  uri: vscode.Uri,
  host: ConnectedHost,
  folder: DefinableFolder,
  { shown, xml }: { readonly shown: string; readonly xml: string },
  { faults, log }: SaveServices,
): Promise<void> {
  try {
    const { validated } = await define(host, folder, xml);
    if (!validated) log.warn(t('This libvirt is too old to check the document against its schema.'));
    faults.clear(uri);
  } catch (error) {
    await faults.report(uri, shown, error);
    throw error;
  }
}

async function rename({ connection }: ConnectedHost, address: DocumentAddress, name: string): Promise<void> {
  await renameDomain(connection, await lookupDomainByName(connection, address.name), name);
}

function sayWhenItTakesEffect(uri: vscode.Uri, name: string, host: string): void {
  const compare = t('Show Difference');
  void vscode.window
    .showInformationMessage(
      t('Saved. {0} is running on {1}: the change takes effect at its next start.', name, host),
      compare,
    )
    .then((choice) => (choice === compare ? showLiveDifference(uri, name, host) : undefined));
}
