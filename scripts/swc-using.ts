/**
 * Teaches swc's visitor the `using` declaration. Its tree walker throws "Unknown statement type" on one,
 * which ends dependency-cruiser; our secrets end with `using` all over the sources. Import for effect,
 * before cruising. Remove when a file with `using` passes without it.
 */
import type { Statement, VariableDeclarator } from '@swc/core';
import { Visitor } from '@swc/core/Visitor.js';

type UsingDeclaration = { readonly type: 'UsingDeclaration'; decls: VariableDeclarator[] };

const known = Visitor.prototype.visitStatement;

Visitor.prototype.visitStatement = function visitStatement(
  statement: Statement | UsingDeclaration,
): Statement {
  if (statement.type !== 'UsingDeclaration') return known.call(this, statement);
  const asConst: Statement = {
    type: 'VariableDeclaration',
    kind: 'const',
    declare: false,
    declarations: statement.decls,
    span: { start: 0, end: 0, ctxt: 0 },
  };
  return known.call(this, asConst);
};
