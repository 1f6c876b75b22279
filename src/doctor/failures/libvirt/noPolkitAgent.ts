import { t } from '../../../base/l10n.ts';
import type { Failure } from '../../failure.ts';
import { lineOf, subjectOf } from './ofComplaint.ts';

/** libvirt asks polkit, and there is nobody whom polkit could ask. */
export const noPolkitAgentFailure: Failure = {
  id: 'no-polkit-agent',
  page: () => ({
    title: t('polkit has nobody to ask'),
    summary: t('libvirt refuses the login: no polkit agent is available to authenticate the user.'),
    why: [
      t(
        'Where the socket is open to everybody, libvirtd asks polkit whether the user may manage it (org.libvirt.unix.manage). Unless a rule says yes, polkit wants to ask for a password, and a login by SSH without a terminal has no agent that could.',
      ),
    ],
    looks: [
      t(
        'The action that polkit was asked for: to manage all, only to look, or one of libvirt’s own rights (org.libvirt.api).',
      ),
    ],
    cures: [
      t(
        'Add the user to the group libvirt: Debian, Ubuntu, Fedora and others come with a rule that allows it this action.',
      ),
      t('Where there is no such rule: write one.'),
      t('Connect as root, whom polkit is not asked about.'),
    ],
    byHand: [
      'sudo usermod -aG libvirt USER',
      'pkcheck --action-id org.libvirt.unix.manage --process $$',
      'ls /usr/share/polkit-1/rules.d /etc/polkit-1/rules.d',
    ],
    links: [
      {
        title: t('libvirt: authentication by polkit'),
        url: 'https://libvirt.org/auth.html',
      },
      { title: t('libvirt: access control by polkit'), url: 'https://libvirt.org/aclpolkit.html' },
    ],
    limits: t(
      'The hosts of our tests have no polkit: this is tested with the texts that libvirt and polkit print.',
    ),
  }),
  symptoms: [
    {
      example:
        "authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'",
      pattern: /no polkit agent available to authenticate action '([\w.-]+)'/,
    },
    {
      example: 'authentication failed: access denied by policy',
      pattern: /authentication failed: (?:polkit: |access denied by policy)/,
    },
  ],
  examineHost(patient, complaint) {
    if (!complaint) return Promise.resolve([]);
    const action = complaint.match[1] ?? 'org.libvirt.unix.manage';
    return Promise.resolve([
      {
        failure: 'no-polkit-agent',
        severity: 'error',
        about: subjectOf(patient, complaint),
        title: t('polkit on {0} does not allow the user {1}', patient.name, action),
        explanation: [
          t('Nobody can be asked for a password over this connection, so a rule must say yes.'),
          action.startsWith('org.libvirt.api.')
            ? t(
                'This is one of libvirt’s own rights (access_drivers in libvirtd.conf): the group libvirt alone does not give it, a rule must.',
              )
            : t(
                'Add the user to the group libvirt on the host; if its distribution has no rule for that group, add the rule below. Then connect again.',
              ),
        ],
        evidence: [lineOf(complaint)],
        remedies: [
          { kind: 'text', title: t('Show a rule that allows it'), read: () => Promise.resolve(rule(action)) },
        ],
      },
    ]);
  },
};

/** A rule for the group libvirt, as a file that says where it goes. */
function rule(action: string): string {
  return `// /etc/polkit-1/rules.d/50-libvirt.rules
polkit.addRule(function (action, subject) {
  if (action.id == "${action}" && subject.isInGroup("libvirt")) {
    return polkit.Result.YES;
  }
});
`;
}
