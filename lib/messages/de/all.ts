import accounts from '@/lib/messages/de/accounts.json';
import agents from '@/lib/messages/de/agents.json';
import call from '@/lib/messages/de/call.json';
import callDetails from '@/lib/messages/de/callDetails.json';
import caller from '@/lib/messages/de/caller.json';
import calls from '@/lib/messages/de/calls.json';
import catalogue from '@/lib/messages/de/catalogue.json';
import checks from '@/lib/messages/de/checks.json';
import doctor from '@/lib/messages/de/doctor.json';
import embed from '@/lib/messages/de/embed.json';
import endReasons from '@/lib/messages/de/endReasons.json';
import evidence from '@/lib/messages/de/evidence.json';
import join from '@/lib/messages/de/join.json';
import language from '@/lib/messages/de/language.json';
import letta from '@/lib/messages/de/letta.json';
import limits from '@/lib/messages/de/limits.json';
import listen from '@/lib/messages/de/listen.json';
import models from '@/lib/messages/de/models.json';
import privacy from '@/lib/messages/de/privacy.json';
import production from '@/lib/messages/de/production.json';
import productionTitles from '@/lib/messages/de/productionTitles.json';
import rollouts from '@/lib/messages/de/rollouts.json';
import rules from '@/lib/messages/de/rules.json';
import scenarios from '@/lib/messages/de/scenarios.json';
import settings from '@/lib/messages/de/settings.json';
import shell from '@/lib/messages/de/shell.json';
import simulations from '@/lib/messages/de/simulations.json';
import stages from '@/lib/messages/de/stages.json';
import start from '@/lib/messages/de/start.json';
import telephony from '@/lib/messages/de/telephony.json';
import transcriptExport from '@/lib/messages/de/transcriptExport.json';
import whisper from '@/lib/messages/de/whisper.json';
import why from '@/lib/messages/de/why.json';

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
