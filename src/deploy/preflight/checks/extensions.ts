import { block, pass, unreadPart, type PreflightSpec } from '../check.ts';
import { placeOf } from '../words.ts';

/** CREATE EXTENSION needs the files on the server, and a superuser unless the extension is trusted (manual, CREATE EXTENSION). */
export default {
  id: 'extensions',
  ifUnknown: 'could-not-judge',
  run: ({ facts: { extensions, server }, steps, roleIsKnown }) => {
    const wanted = steps.flatMap(step =>
      step.changes.flatMap(change =>
        change.kind === 'create-extension' ? [{ name: change.extension, place: placeOf(step) }] : [],
      ),
    );
    if (wanted.length === 0) return pass('No pending migration creates an extension.');
    const unread = unreadPart(extensions, 'Available extensions');
    if (unread) return unread;
    const found = wanted.flatMap(({ name, place }) => {
      const known = extensions.rows.find(one => one.name === name);
      if (known === undefined) return [`${place}: extension ${name} is not available on the server`];
      if (known.installed !== null || !roleIsKnown || server.super) return [];
      if (known.superuser && !known.trusted) return [`${place}: extension ${name} can only be created by a superuser`];
      if (known.superuser && !server.createsSchemas)
        return [`${place}: extension ${name} needs CREATE on the database, which ${server.role ?? ''} lacks`];
      return [];
    });
    if (found.length === 0) return pass('The extensions that pending migrations create are available.');
    return block('An extension cannot be created.', {
      objects: found,
      hint: 'Install the extension on the server, or let a superuser create it before the deploy.',
    });
  },
} satisfies PreflightSpec;
