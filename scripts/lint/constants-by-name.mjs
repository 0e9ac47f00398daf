const CONSTANT_NAME = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const TYPE_WRAPPERS = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);
const COLLECTIONS = new Set(['Set', 'Map']);
const MODULE_SCOPES = new Set(['Program', 'ExportNamedDeclaration', 'SvelteScriptElement']);
const FUNCTIONS = new Set(['ArrowFunctionExpression', 'FunctionExpression']);

/** Whether an expression is written down whole where it stands: a number, a word, a pattern, or a table of such. */
function isFixed(node) {
  if (node === null || node === undefined) return false;
  if (TYPE_WRAPPERS.has(node.type)) return isFixed(node.expression);
  switch (node.type) {
    case 'Literal':
      return true;
    case 'TemplateLiteral':
      return node.expressions.every(isFixed);
    case 'TaggedTemplateExpression':
      return isMemberOf(node.tag, 'String', 'raw') && isFixed(node.quasi);
    case 'UnaryExpression':
      return isFixed(node.argument);
    case 'BinaryExpression':
      return isFixed(node.left) && isFixed(node.right);
    case 'Identifier':
      return CONSTANT_NAME.test(node.name) || ['undefined', 'Infinity', 'NaN'].includes(node.name);
    case 'MemberExpression':
      return node.object.type === 'Identifier' && isFixed(node.object) && isFixedKey(node);
    case 'ArrayExpression':
      return node.elements.length > 0 && node.elements.every(isFixedPart);
    case 'ObjectExpression':
      return node.properties.length > 0 && node.properties.every(isFixedPart);
    case 'NewExpression':
      return COLLECTIONS.has(node.callee.name) && node.arguments.length > 0 && node.arguments.every(isFixed);
    case 'CallExpression':
      return isMemberOf(node.callee, 'Object', 'freeze') && node.arguments.every(isFixed);
    default:
      return false;
  }
}

/** `TABLE.key` and `TABLE['key']`, but not `TABLE[key]`. */
const isFixedKey = ({ computed, property }) => !computed || property.type === 'Literal';

const isMemberOf = (node, object, property) =>
  node.type === 'MemberExpression' && node.object.name === object && node.property.name === property;

/** An element of a table; within one, an empty list or object is a value and not the beginning of a list to fill. */
function isFixedPart(node) {
  if (node?.type === 'SpreadElement') return isFixed(node.argument);
  if (node?.type === 'Property') return isFixedPart(node.value);
  if (node !== null && TYPE_WRAPPERS.has(node.type)) return isFixedPart(node.expression);
  const isEmpty = (node?.elements ?? node?.properties)?.length === 0;
  return isEmpty || isFixed(node);
}

/**
 * What a module writes down once and for all is named LIKE_THIS, and no function is. A table that a type of the same
 * name goes with is named like the type.
 */
export const constantsByName = {
  create: (context) => ({
    VariableDeclarator({ id, init, parent }) {
      if (parent.kind !== 'const' || id.type !== 'Identifier' || !MODULE_SCOPES.has(parent.parent.type))
        return;
      const report = (message) => context.report({ node: id, message });
      if (FUNCTIONS.has(init?.type) && CONSTANT_NAME.test(id.name))
        report('A function is named likeThis: LIKE_THIS is a fixed value.');
      if (isFixed(init) && !/^[A-Z]/.test(id.name)) report('A fixed value of a module is named LIKE_THIS.');
    },
  }),
};
