"""A worker as LiveKit's documentation shows one in Python: it knows nothing of Callboard. It behaves like stock-agent.mjs, and has
the same settings."""
import os
import re

from livekit.agents import Agent, AgentServer, AgentSession, JobContext, cli, function_tool, llm
from livekit.agents.evals import JudgeGroup, JudgmentResult
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS
from livekit.plugins import openai

AGENT_NAME = os.environ["AGENT_NAME"]
SPEECH = {"base_url": os.environ["SPEECH_URL"], "api_key": "none"}
# By default, a worker takes no calls while the machine is busy, as it is during tests. Its processes start slowly then.
server = AgentServer(
    host="127.0.0.1", port=0, num_idle_processes=1, initialize_process_timeout=60, load_fnc=lambda _: 0.0
)


class EchoStream(llm.LLMStream):
    async def _run(self):
        heard = [message.text_content for message in self._chat_ctx.messages() if message.role == "user"]
        # LiveKit's framework may also hear the end of a sentence alone, and puts both into one message.
        message = heard[-1] if heard else ""
        sentence = re.search(r"[A-Z][^A-Z]*$", message)
        text = sentence[0] if sentence else message
        if "break down" in text.lower():
            raise RuntimeError("the model is broken")
        last = self._chat_ctx.items[-1] if self._chat_ctx.items else None
        delta = llm.ChoiceDelta(role="assistant", content=f"I heard: {text}.")
        if last and last.type == "function_call_output":
            delta.content = f"We are {last.output}."
        elif "look it up" in text.lower():
            call = llm.FunctionToolCall(call_id="call_1", name="opening_hours", arguments='{"day":"Monday"}')
            delta = llm.ChoiceDelta(role="assistant", tool_calls=[call])
        self._event_ch.send_nowait(llm.ChatChunk(id="echo", delta=delta))
        usage = llm.CompletionUsage(completion_tokens=5, prompt_tokens=7, total_tokens=12)
        self._event_ch.send_nowait(llm.ChatChunk(id="echo", usage=usage))


class Echo(llm.LLM):
    @property
    def model(self):
        return "echo"

    def chat(self, *, chat_ctx, tools=None, conn_options=DEFAULT_API_CONNECT_OPTIONS, **_):
        return EchoStream(self, chat_ctx=chat_ctx, tools=tools or [], conn_options=conn_options)


@function_tool
async def opening_hours(day: str) -> str:
    """Says when we are open."""
    return f"open on {day} from nine to five"


class Polite:
    name = "polite"

    async def evaluate(self, *, chat_ctx, reference=None, llm=None):
        greeted = any(message.role == "assistant" for message in chat_ctx.messages())
        return JudgmentResult(verdict="pass" if greeted else "fail", reasoning="It greeted.")


async def judge(ctx: JobContext):
    history = ctx.make_session_report().chat_history
    await JudgeGroup(llm=Echo(), judges=[Polite()]).evaluate(history)
    if any(item.type == "function_call_output" for item in history.items):
        ctx.tagger.success(reason="It was looked up.")


@server.rtc_session(agent_name=AGENT_NAME, on_session_end=judge)
async def entry(ctx: JobContext):
    session = AgentSession(
        stt=openai.STT(**SPEECH, model="moonshine-tiny"),
        tts=openai.TTS(**SPEECH, model="flite", voice="slt", response_format="wav"),
        llm=Echo(),
    )
    agent = Agent(instructions="You repeat what you hear.", tools=[opening_hours])
    await session.start(agent=agent, room=ctx.room)
    ctx.tagger.add("from:test")
    ctx.room.on("sip_dtmf_received", lambda key: session.say(f"You pressed {key.digit}."))
    session.say(os.environ.get("GREETING", "Hello."))


if __name__ == "__main__":
    if os.environ.get("REPORTS"):
        from report import report

        report(server, AGENT_NAME, max_jobs=int(os.environ["MAX_JOBS"]))
    cli.run_app(server)
