import { REACTIONS } from '../../frameworks/shared/reactions.ts';
import { byColumns, nameOf } from '../entries.ts';
import { defineTool } from '../tool.ts';

/** `shop/migrations/0001_initial.py`: the label of an app is the last part of its module, unless its configuration says otherwise. */
const appOf = (file: string): string => /([^/]+)\/migrations\/[^/]+$/.exec(file)?.[1] ?? '';

/** Measured with Django 5.2 and 3.2. */
export default defineTool({
  id: 'django',
  ran: '5.2',
  table: 'django_migrations',
  columns: ['id', 'app', 'name', 'applied'],
  entries: byColumns({ name: 'name', keyed: (name, { app }) => `${app ?? ''}.${name}`, at: 'applied' }),
  // Of its own apps, whose migrations are in the package.
  beside:
    /^(auth_(group|group_permissions|permission|user|user_groups|user_user_permissions)|django_(content_type|session|admin_log|site))$/,
  key: ({ file }) => `${appOf(file)}.${nameOf(file).replace(/\.py$/, '')}`,
  compare: 'graph',
  reactions: REACTIONS.django,
});
