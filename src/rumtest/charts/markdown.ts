// The report's words as Markdown, for a comment or a chat.

import type { Sentence, Standing } from "./model";

export interface View {
  word: string;
  scenario: string;
  headline: Sentence;
  summary: Sentence;
  gates: { id: string; place: string; profile: string; standing: Standing; metric: { label: string } }[];
  findings: { gate_id: string; headline: Sentence; summary: Sentence }[];
  unknowns: { gate_id: string; fits: Sentence; remedy: Sentence }[];
  method: { command: string };
}

/** Headline, summary, what changed, what could not be told, and the command. */
export function markdown(view: View): string {
  const lines = [`### ${escaped(view.word)}: ${words(view.headline)}`, "", words(view.summary)];
  const named = new Map(view.gates.map((gate) => [gate.id, `**${escaped(gate.place)} ${escaped(gate.metric.label)}** (${escaped(gate.profile)})`]));
  if (view.findings.length) lines.push("");
  for (const finding of view.findings.slice(0, 20)) {
    lines.push(`- ${named.get(finding.gate_id) ?? ""}: ${words(finding.headline)}. ${words(finding.summary)}`);
  }
  if (view.findings.length > 20) lines.push(`- and ${view.findings.length - 20} more`);
  if (view.unknowns.length) lines.push("", "What this run could not tell:");
  for (const unknown of view.unknowns.slice(0, 20)) {
    lines.push(`- ${named.get(unknown.gate_id) ?? ""}: ${words(unknown.fits)} ${words(unknown.remedy)}`);
  }
  if (view.unknowns.length > 20) lines.push(`- and ${view.unknowns.length - 20} more`);
  lines.push("", `\`${view.method.command.replaceAll("`", "'")}\``, "");
  return lines.join("\n");
}

function words(sentence: Sentence): string {
  return sentence
    .map((span) => {
      if (span.kind === "strong") return `**${escaped(span.text)}**`;
      if (span.kind === "code") return `\`${span.text.replaceAll("`", "'")}\``;
      return escaped(span.text);
    })
    .join("");
}

/** A stranger's word must stay a word: nothing in it may start markup, a link or a mention. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~!]/g, "\\$&").replaceAll("@", "@\u200b");
}
