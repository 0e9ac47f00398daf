/** A doc comment that another follows at once describes nothing: what it stood over has moved away. */
export const noStrandedDoc = {
  create: (context) => ({
    Program() {
      const { sourceCode } = context;
      const docs = sourceCode
        .getAllComments()
        .filter(({ type, value }) => type === 'Block' && value.startsWith('*'));
      for (const [index, doc] of docs.entries()) {
        const next = docs[index + 1];
        if (next === undefined || next.loc.start.line !== doc.loc.end.line + 1) continue;
        const between = sourceCode.text.slice(doc.range[1], next.range[0]);
        if (between.trim() === '')
          context.report({ loc: doc.loc, message: 'This comment describes nothing: another follows it.' });
      }
    },
  }),
};
