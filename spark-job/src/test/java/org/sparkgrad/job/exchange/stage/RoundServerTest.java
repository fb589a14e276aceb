package org.sparkgrad.job.exchange.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.apache.spark.network.client.TransportClient;
import org.junit.jupiter.api.Test;

/** The driver's port against members, late and foreign messages. */
class RoundServerTest extends RoundServerFixture {
    @Test
    void aRoundIsCompleteWhenEachMemberHasAnswered() throws Exception {
        int generation = rounds.begin(2);
        List<TransportClient> workers = List.of(connect(), connect());
        rounds.open(question());
        for (int w = 0; w < 2; w++) {
            WorkerId member = new WorkerId(generation, w, 10 + w);
            assertEquals(Reply.Kind.CONTINUE, send(workers.get(w), Request.Kind.ALIVE, member, 0, 0));
            assertEquals(Reply.Kind.ROUND, send(workers.get(w), Request.Kind.NEXT, member, 0, 0));
            answer(workers.get(w), member, 1, 100 + w);
        }
        assertEquals(List.of(100L, 101L), complete());
        assertEquals(0, server.refused());
    }

    @Test
    void lateAndForeignMessagesAreRefused() throws Exception {
        WorkerId old = new WorkerId(rounds.begin(1), 0, 5);
        TransportClient worker = connect();
        assertEquals(Reply.Kind.CONTINUE, send(worker, Request.Kind.ALIVE, old, 0, 0));
        rounds.open(question());
        int generation = rounds.begin(1);
        assertEquals(Reply.Kind.STALE, send(worker, Request.Kind.ANSWER, old, 1, 666));

        WorkerId now = new WorkerId(generation, 0, 6);
        TransportClient other = connect();
        assertEquals(Reply.Kind.STALE, send(other, Request.Kind.ANSWER, now, 1, 666)); // has not joined
        assertEquals(Reply.Kind.CONTINUE, send(other, Request.Kind.ALIVE, now, 0, 0));
        assertEquals(Reply.Kind.STALE, send(worker, Request.Kind.ANSWER, now, 1, 666)); // another connection
        assertEquals(Reply.Kind.STALE, send(worker, Request.Kind.ALIVE, new WorkerId(generation, 0, 7), 0, 0));
        assertEquals(Reply.Kind.STALE, send(other, Request.Kind.ANSWER, now, 2, 666)); // a round to come
        assertEquals(Reply.Kind.STALE, send(other, Request.Kind.NEXT, new WorkerId(generation, 9, 6), 0, 0));
        answer(other, now, 1, 100);
        await(() -> server.refused() == 6);
        answer(other, now, 1, 666); // a second time
        assertEquals(List.of(100L), complete());
        assertEquals(Reply.Kind.STALE, send(other, Request.Kind.ANSWER, now, 1, 666));
    }

    @Test
    void aLostWorkersPlaceIsTheNextAttempts() throws Exception {
        int generation = rounds.begin(1);
        rounds.open(question());
        TransportClient first = connect();
        assertEquals(Reply.Kind.CONTINUE, send(first, Request.Kind.ALIVE, new WorkerId(generation, 0, 5), 0, 0));
        first.close();
        await(() -> rounds.present() == 0);
        TransportClient second = connect();
        WorkerId retry = new WorkerId(generation, 0, 6);
        assertEquals(Reply.Kind.CONTINUE, send(second, Request.Kind.ALIVE, retry, 0, 0));
        assertEquals(Reply.Kind.ROUND, send(second, Request.Kind.NEXT, retry, 0, 0));
        answer(second, retry, 1, 3);
        assertEquals(List.of(3L), complete());
        rounds.end();
        assertEquals(Reply.Kind.END, send(second, Request.Kind.NEXT, retry, 1, 0));
    }

    @Test
    void malformedAnswersAreRefused() throws Exception {
        WorkerId member = new WorkerId(rounds.begin(1), 0, 1);
        TransportClient worker = connect();
        assertEquals(Reply.Kind.CONTINUE, send(worker, Request.Kind.ALIVE, member, 0, 0));
        rounds.open(question());
        part(worker, member, 1, 1, 666); // not the first
        part(worker, member, 1, 0, 666, 667); // more than there are
        part(worker, member, 2, 0, 666); // of a round to come
        assertEquals(Reply.Kind.UNREADABLE, send(worker, Request.Kind.ANSWER, member, 1, 0)); // cut off
        assertEquals(Reply.Kind.UNREADABLE, end(worker, member, 0, 0)); // no number
        assertEquals(Reply.Kind.UNREADABLE, end(worker, member, 0, 2, 666)); // fewer than it says
        assertEquals(Reply.Kind.UNREADABLE, end(worker, member, 0, -1, 666));
        assertEquals(Reply.Kind.UNREADABLE, end(worker, member, 1, 1, 666)); // not the first
        assertEquals(Reply.Kind.UNREADABLE, end(worker, member, 0, 2, 666, 667)); // more than there are
        part(worker, member, 1, 0, 8);
        assertEquals(Reply.Kind.UNREADABLE, end(worker, member, 1, 0, 666)); // something beside the number
        assertEquals(10, server.refused());
        assertEquals(
                Collections.nCopies(7, 0),
                rounds.failures().stream().map(WorkerFailure::worker).toList());
        rounds.open(question());
        assertEquals(Reply.Kind.STALE, send(worker, Request.Kind.PART, member, 2, 0)); // wants a reply
        part(worker, member, 1, 0, 666); // of the round before
        answer(worker, member, 2, 8);
        assertEquals(List.of(8L), complete());
        rounds.open(question());
        part(worker, member, 3, 0, 9); // as of an answer of many numbers
        worker.sendRpc(ending(member, 3, 1, 0), IGNORED);
        assertEquals(List.of(9L), complete());
    }
}
