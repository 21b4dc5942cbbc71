import type { Change } from '../../model/effect.ts';
import type { Node } from '../../model/source.ts';
import type { Reading } from '../reader.ts';
import { settle } from './settled.ts';

/** The changes of a statement inside a body. */
export const statementInBody = (node: Node, at: Reading): readonly Change[] => at.read({ node }, at).map(settle);
