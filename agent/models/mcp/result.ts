// An MCP tool's result as text for a model. Pure.
import type { CallToolResult } from '@modelcontextprotocol/client';

/** Maximum characters of a result: longer ones slow down every further answer. */
const TEXT_MAX = 8_000;

function partText(part: CallToolResult['content'][number]): string {
  if (part.type === 'text') return part.text;
  if (part.type === 'resource' && 'text' in part.resource) return part.resource.text;
  if (part.type === 'resource_link') return part.uri;
  return `(${part.type}: it cannot be said)`;
}

/** The text of a result, one part per line. */
export function resultText({ content, structuredContent }: CallToolResult): string {
  const text = content.map(partText).join('\n');
  const all = text || (structuredContent ? JSON.stringify(structuredContent) : 'Done.');
  return all.length > TEXT_MAX ? `${all.slice(0, TEXT_MAX)} (cut)` : all;
}
