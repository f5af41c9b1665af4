"""A refund agent of nothing but Python and a Kafka client. Usage: kafka_only.py TASK_ID"""

import json
import os
import sys
import uuid

from confluent_kafka import Consumer, Producer  # +handoff

TASK_ID = sys.argv[1]
KAFKA, PREFIX = {"bootstrap.servers": os.environ["KAFKA_BROKERS"]}, os.environ.get("TOPIC_PREFIX", "")


def plan() -> dict:
    """Stands in for a model: none is called."""
    return {"order": "881", "amount": 89}


def ask_a_person(refund):
    packet = {"task_id": TASK_ID, "original_request": "Refund order 881", "steps_completed": [], "current_state": "unpaid",  # +handoff
              "recommended_action": {"kind": "tool_call", "name": "refund", "args": refund}, "urgency": "high", "data_links": [],  # +handoff
              "reason_for_escalation": "above my limit", "agent": "kafka-only", "idempotency_key": TASK_ID}  # +handoff
    (producer := Producer(KAFKA)).produce(PREFIX + "handoff.escalations", json.dumps(packet), TASK_ID)  # +handoff
    producer.flush()  # +handoff
    decisions = Consumer({**KAFKA, "group.id": f"wait-{uuid.uuid4()}", "auto.offset.reset": "earliest"})  # +handoff
    decisions.subscribe([PREFIX + "handoff.decisions"])  # +handoff
    records = (record for record in iter(lambda: decisions.poll(1), 0) if record and not record.error())  # +handoff
    return next(it for it in map(lambda record: json.loads(record.value()), records) if it["task_id"] == TASK_ID)  # +handoff


decision = ask_a_person(plan())
paid = decision["action"]["args"] if decision["type"] in ("approve", "edit") else None
print(json.dumps({"paid": paid}))
