import accounts from '@/lib/messages/en/accounts.json';
import agents from '@/lib/messages/en/agents.json';
import call from '@/lib/messages/en/call.json';
import callDetails from '@/lib/messages/en/callDetails.json';
import caller from '@/lib/messages/en/caller.json';
import calls from '@/lib/messages/en/calls.json';
import catalogue from '@/lib/messages/en/catalogue.json';
import checks from '@/lib/messages/en/checks.json';
import doctor from '@/lib/messages/en/doctor.json';
import embed from '@/lib/messages/en/embed.json';
import endReasons from '@/lib/messages/en/endReasons.json';
import evidence from '@/lib/messages/en/evidence.json';
import join from '@/lib/messages/en/join.json';
import language from '@/lib/messages/en/language.json';
import letta from '@/lib/messages/en/letta.json';
import limits from '@/lib/messages/en/limits.json';
import listen from '@/lib/messages/en/listen.json';
import models from '@/lib/messages/en/models.json';
import privacy from '@/lib/messages/en/privacy.json';
import production from '@/lib/messages/en/production.json';
import productionTitles from '@/lib/messages/en/productionTitles.json';
import rollouts from '@/lib/messages/en/rollouts.json';
import rules from '@/lib/messages/en/rules.json';
import scenarios from '@/lib/messages/en/scenarios.json';
import settings from '@/lib/messages/en/settings.json';
import shell from '@/lib/messages/en/shell.json';
import simulations from '@/lib/messages/en/simulations.json';
import stages from '@/lib/messages/en/stages.json';
import start from '@/lib/messages/en/start.json';
import telephony from '@/lib/messages/en/telephony.json';
import transcriptExport from '@/lib/messages/en/transcriptExport.json';
import whisper from '@/lib/messages/en/whisper.json';
import why from '@/lib/messages/en/why.json';

/** All messages of the language, by subject. */
export default {
  accounts,
  agents,
  call,
  callDetails,
  caller,
  calls,
  catalogue,
  checks,
  doctor,
  embed,
  endReasons,
  evidence,
  transcriptExport,
  join,
  language,
  letta,
  limits,
  listen,
  models,
  privacy,
  production,
  productionTitles,
  rollouts,
  rules,
  scenarios,
  settings,
  shell,
  simulations,
  stages,
  start,
  telephony,
  whisper,
  why,
};
