"""A conversation with a LlamaIndex chat engine over Footnote's index, with the passages of each answer.

python examples/chat_engine.py
"""

from __future__ import annotations

import asyncio

from llama_index.core.chat_engine import CondensePlusContextChatEngine
from llama_index.core.llms import LLM, MockLLM
from llama_index.core.memory import ChatMemoryBuffer
from query_engine import citations

from footnote.ports import Retriever
from footnote_bot.app import opened
from footnote_bot.settings import Settings
from footnote_index.llama_index_retriever import FootnoteRetriever


def chat_engine(index: Retriever, llm: LLM | None = None, *, top_k: int = 5) -> CondensePlusContextChatEngine:
    """It rewrites a follow-up question to stand alone, looks it up, and answers from what was found."""
    return CondensePlusContextChatEngine.from_defaults(
        FootnoteRetriever(index, top_k=top_k),
        llm=llm or MockLLM(),
        memory=ChatMemoryBuffer.from_defaults(llm=llm),  # the default opens a SQLite connection that nobody closes
    )


async def main(llm: LLM | None = None) -> None:
    async with opened(Settings()) as footnote:
        engine = chat_engine(footnote.index, llm)
        while question := (await asyncio.to_thread(input, "> ")).strip():
            response = await engine.achat(question)
            if llm:
                print(f"{response}\n")
            print("\n".join(citations(response.source_nodes)))


if __name__ == "__main__":
    asyncio.run(main())
