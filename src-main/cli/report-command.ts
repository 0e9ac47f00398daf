import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { writeAtomically } from '../files/atomic';
import { parseLanguage, requireOperands, requireText, UsageError } from './arguments';
import { JSON_OPTION, type Command } from './command';
import { printToPdf } from './print-to-pdf';
import { withRun } from './run-folder';

export const reportCommand: Command = {
  name: 'report',
  synopsis: 'DIR --out F.html|F.pdf [--language en|ko]',
  summary:
    'Writes a report of one page: data, model, verdict, scores and forecast. DIR is the folder of a run. The PDF is printed by the Electron runtime that the app uses; no display is needed.',
  options: {
    out: { value: 'F', help: 'the file, ending in .html or .pdf' },
    language: { value: 'L', help: 'of the report: en (English; the default) or ko (Korean)' },
    ...JSON_OPTION,
  },
  async run(context) {
    const { args, terminal, installation } = context;
    const [folder = ''] = requireOperands(args, ['DIR']);
    const out = resolve(requireText(args, 'out'));
    const format = extname(out).toLowerCase();
    if (format !== '.html' && format !== '.pdf') {
      throw new UsageError(`--out ${args.text('out')} ends neither in .html nor in .pdf`);
    }
    const language = parseLanguage(args);
    const html = await withRun(context, resolve(folder), (service, id) =>
      service.questions.ask('report', { runId: id, language }),
    );
    await writeAtomically(out, format === '.html' ? html : await printToPdf(html, installation));
    const { byteLength } = await readFile(out);
    terminal.say(`Written to ${out}`);
    terminal.result({ report: out, format: format.slice(1), bytes: byteLength });
  },
};
