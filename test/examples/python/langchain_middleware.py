"""A refund agent with LangChain's human-in-the-loop middleware, answered through Handoff. Usage: langchain_middleware.py THREAD STATE_FOLDER"""

import json
import os
import sqlite3
import sys

from langchain.agents import create_agent
from langchain.agents.middleware import HumanInTheLoopMiddleware
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.types import Command
import requests

THREAD, FOLDER = sys.argv[1:]
DOOR, KEY = os.environ["HANDOFF_URL"] + "/v1/handoffs", {"Authorization": "Bearer " + os.environ["HANDOFF_KEY"]}  # +handoff
paid: list[dict] = []


class ScriptedModel(BaseChatModel):
    """Stands in for a model: none is called. It wants to pay first, and then says what came of it."""

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools, **_):
        return self

    def _generate(self, messages, *_, **__):
        last = messages[-1]
        call = {"name": "refund", "args": {"order": "881", "amount": 89}, "id": "call-1"}
        message = AIMessage(last.content) if isinstance(last, ToolMessage) else AIMessage("", tool_calls=[call])
        return ChatResult(generations=[ChatGeneration(message=message)])


def refund(order: str, amount: float) -> str:
    """Pays back money."""
    paid.append({"order": order, "amount": amount})
    return f"{amount} paid back for order {order}"


def ask_a_person(question, view={}):  # +handoff
    [call] = question.value["action_requests"]  # +handoff
    packet = {"task_id": THREAD, "original_request": "Refund order 881", "steps_completed": [], "current_state": "unpaid",  # +handoff
              "recommended_action": {"kind": "tool_call", **call}, "reason_for_escalation": "above my limit", "urgency": "high",  # +handoff
              "data_links": [], "resume": THREAD, "idempotency_key": question.id}  # +handoff
    asked = requests.post(DOOR, json=packet, headers=KEY).json()["handoff_id"]  # +handoff
    while not view.get("decision"): view = requests.get(f"{DOOR}/{asked}?wait=30&after={view.get('sequence', 0)}", headers=KEY).json()  # +handoff
    type, action, message = (view["decision"][field] for field in ("type", "action", "message"))  # +handoff
    return {"decisions": [{"type": type, "edited_action": action, "message": message or ""}]}  # +handoff


agent = create_agent(
    ScriptedModel(),
    tools=[refund],
    middleware=[HumanInTheLoopMiddleware(interrupt_on={"refund": True})],
    checkpointer=SqliteSaver(sqlite3.connect(f"{FOLDER}/threads.sqlite", check_same_thread=False)),
)
thread = {"configurable": {"thread_id": THREAD}}
asked = {"messages": [("user", "Refund order 881, the jug arrived broken")]}
state = agent.invoke(None if agent.get_state(thread).next else asked, thread)
while "__interrupt__" in state:
    state = agent.invoke(Command(resume=ask_a_person(state["__interrupt__"][0])), thread)  # before: resume=input("approve? ")
print(json.dumps({"paid": paid[0] if paid else None, "says": state["messages"][-1].content}))
