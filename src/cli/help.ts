import { t } from '../base/l10n.ts';
import { programName } from './commandLine.ts';

/** What `--help` prints. */
export function helpText(): string {
  return `${[
    `${programName} [--schemas DIR] [--format text|json|sarif] [--rules all|none|ID,...] [--stdin] FILE...`,
    t('Says what is wrong with libvirt XML: markup, schema, and what no schema can say.'),
    optionsText(),
    t('A FILE that is a folder stands for all libvirt documents (*.xml) in it and below.'),
    t('Exit code: 0 nothing found, 1 something found, 2 wrong usage or a file that cannot be read.'),
  ].join('\n\n')}\n`;
}

function optionsText(): string {
  const rows: readonly (readonly [string, string])[] = [
    [
      '--schemas DIR',
      t('the folder of the .rng files (default: those that come with it, else /usr/share/libvirt/schemas)'),
    ],
    ['--format FORMAT', t('text as compilers print it (default), json, or sarif 2.1.0')],
    ['--rules all|none|ID,...', t('the rules to check beside the schema (default: all)')],
    ['--stdin, -', t('check what comes on standard input')],
    ['--version', t('print the version')],
  ];
  return rows.map(([option, text]) => `  ${option.padEnd(25)}${text}`).join('\n');
}
