"""A refund agent on LangGraph that stopped to ask at its console, and asks Handoff now. Usage: langgraph_http.py THREAD STATE_FOLDER"""

import json
import os
import sqlite3
import sys
from typing import TypedDict

from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt
import requests  # +handoff

THREAD, FOLDER = sys.argv[1:]
DOOR, KEY = os.environ["HANDOFF_URL"] + "/v1/handoffs", "Bearer " + os.environ["HANDOFF_KEY"]  # +handoff


class State(TypedDict, total=False):
    refund: dict
    paid: dict | None


def plan(state: State) -> State:
    """Stands in for a model: none is called."""
    return {"refund": {"order": "881", "amount": 89}}


def pay(state: State) -> State:
    answer = interrupt({"kind": "tool_call", "name": "refund", "args": state["refund"]})
    return {"paid": answer["action"]["args"] if answer["type"] in ("approve", "edit") else None}


def ask_a_person(question, view={}):  # +handoff
    packet = {"task_id": THREAD, "original_request": "Refund order 881", "steps_completed": ["looked up order 881"],  # +handoff
              "current_state": "nothing is paid back", "reason_for_escalation": "above my limit", "urgency": "high",  # +handoff
              "recommended_action": question.value, "data_links": [], "resume": THREAD}  # +handoff
    headers = {"Authorization": KEY, "Idempotency-Key": question.id}  # +handoff
    asked = requests.post(DOOR, json=packet, headers=headers).json()["handoff_id"]  # +handoff
    while not view.get("decision"): view = requests.get(f"{DOOR}/{asked}?wait=30&after={view.get('sequence', 0)}", headers=headers).json()  # +handoff
    return view["decision"]  # +handoff


builder = StateGraph(State).add_node(plan).add_node(pay)
builder.add_edge(START, "plan").add_edge("plan", "pay").add_edge("pay", END)
graph = builder.compile(checkpointer=SqliteSaver(sqlite3.connect(f"{FOLDER}/threads.sqlite", check_same_thread=False)))

thread = {"configurable": {"thread_id": THREAD}}
state = graph.invoke(None if graph.get_state(thread).next else {}, thread)
while "__interrupt__" in state:
    state = graph.invoke(Command(resume=ask_a_person(state["__interrupt__"][0])), thread)  # before: resume=input("approve? ")
print(json.dumps({"paid": state["paid"]}))
