/**
 * Plain English about a small harbour town, written for this site. The model that says how surprising a sentence is has
 * read this and nothing else.
 */
export const harbourProse = `
The harbour is quiet in the morning. The boats lie side by side and wait for the tide. An old man walks down to the water
with his dog. He looks at the sky and says that it will rain before noon. The dog does not care about the rain. It runs along
the wall and barks at the gulls. The gulls do not care about the dog.

My sister lives in the house at the end of the street. She has a small garden with an apple tree. In the spring the tree is
white, and in the autumn the apples fall into the grass. She puts them in a basket and carries them into the kitchen. Then she
makes a cake, and the whole house smells of apples. We sit at the table by the window and talk about the day.

The baker opens his shop at six. The bread is still warm when he puts it on the shelf. A boy comes in and asks for two rolls
and a bottle of milk. He counts the coins in his hand and puts them on the table. The baker gives him the rolls and a small
cake for his sister. The boy thanks him and runs home through the rain.

On Monday the children go back to school. They carry their bags on their backs and talk all the way. The teacher stands at the
door and says good morning to every child. In the first hour they read a story about a fox and a crow. In the second hour they
learn to count in tens. After lunch they go out and play in the yard until the bell rings.

The letter came on a cold day in winter. It was from my brother, who works on a ship. He wrote that the sea was calm and that
the food was good. He had seen a whale in the north and a storm in the south. At the end of the letter he asked about our
mother. I read it to her in the evening, and she smiled for a long time.

There is a clock on the tower above the market. It has been five minutes late for as long as I can remember. Nobody in the
town wants to put it right. When the clock says noon, the bell of the school has already rung. People who are new to the town
look at the clock and then at their watch. After a week they stop looking at their watch.

The fishermen go out before the sun comes up. They start the engine and turn the boat to the open sea. The light on the wall
grows small behind them. They let the net down into the dark water and drink their coffee. When they pull the net up again, it
is full of silver fish. On a bad day there is nothing in it but weed.

Every evening my father plays the piano in the front room. He has never had a lesson in his life. He plays the same three songs
and he plays them well. The neighbours open their windows when they hear the music. In the summer some of them come and sit on
our steps. My father does not look up from the keys.

The road to the lighthouse goes up a steep hill. You can see the whole bay from the top of it. On a clear day you can see the
island too. The keeper of the light is a woman with short grey hair. She lives alone with two cats and a great many books. At
night she writes down the name of every ship that passes.

We went to the market to buy some fish for dinner. The woman behind the table knew what my mother wanted. She took three fish
out of the ice and wrapped them in paper. My mother paid for the fish and put them in her bag. On the way home we met the
doctor, who was in a hurry. He said that the baby had come in the night and that all was well.

The train leaves the station at half past eight. I found a seat by the window and opened my book. A girl sat down next to me
with a box on her knees. There were small holes in the lid of the box. After a while I heard a soft sound from inside it. She
lifted the lid a little, and I saw a yellow bird.

It rained for three days and three nights. The river rose until it stood at the foot of the garden wall. My uncle carried the
chairs up to the first floor. On the fourth day the sun came out and the water went down. There was mud on the stairs and a fish
in the kitchen. My uncle put the fish back into the river and went to bed.

The boy had lost his red ball in the long grass. He looked under the bench and behind the tree. His sister found it in the
middle of the pond. They threw stones into the water until the ball came to the side. The boy held it up with both hands and
laughed. Then he threw it as far as he could, and the dog ran after it.

The carpenter has a shop at the corner of the street. He makes tables and chairs and small boxes for letters. The smell of wood
comes out of the open door. He looks at a piece of wood for a long time before he cuts it. He says that you can cut it only once.
When a chair is done, he sits on it himself and drinks a cup of tea.

In the winter the lake behind the town is frozen. The children put on their boots and run down the hill. They are not allowed on
the ice before the old man says so. He walks out slowly with a long stick in his hand. He stands still in the middle and listens
to the ice. Then he lifts the stick, and all of the children shout at once.

My grandmother kept a box of buttons under her bed. There were buttons of glass and of bone and of brass. When we were ill, she
put the box on the bed and let us play. We laid the buttons out in long lines across the blanket. Each of us had a button that we
liked best. Mine was blue with a small white star on it.

The cook at the inn gets up before anybody else. He lights the fire and puts a large pot of water on it. He cuts the bread and
the cheese and lays them on a plate. The guests come down one after the other and sit at the long table. They ask him about the
weather and the road to the island. He tells them to take a coat and to be back before dark.

The library is in the old school by the river. You can take three books home and keep them for a month. The woman at the desk has
read most of them. She never tells you how a story ends. When I was ten, I wanted to read every book on the first shelf. I read
eleven of them, and then the summer came.

A man from the city wanted to buy the old mill. He walked around it with a pen and a piece of paper. He looked at the roof and at
the wheel and shook his head. The owner of the mill sat on a stone and ate an apple. He did not say a word about the price. In the end
the man from the city bought a house by the sea.

The cat sleeps on the wall in the afternoon sun. She opens one eye when the birds come down to the water. She knows that she is
too slow for them now. The birds know it too and take their time. When the sun goes behind the hill, she gets up and walks home.
There is always a plate of milk for her by the kitchen door.

The ferry to the island goes twice a day. It takes an hour when the sea is calm. The captain has made the trip for twenty years.
He knows every rock and every light along the coast. He can tell by the colour of the water how deep it is. When there is fog, he
stops the engine and listens for the bell.

We planted beans behind the house in the spring. We gave them water every evening and waited for a week. One morning there was a
row of small green leaves. By the middle of the summer they had climbed to the top of the fence. My mother picked them and cooked
them with butter and salt. I had never eaten so many beans in my life.

The wind came up in the night and woke me. I heard the door of the shed and the branches of the tree. I got out of bed and went to
the window. The moon was behind a cloud, and the street was empty. A hat rolled down the middle of the road. In the morning a man
came to the door and asked about his hat.

The old bridge was built of stone four hundred years ago. It has seen carts and horses and now it sees cars. Two people can stand
on it and look down into the river. They say that you should not speak before you have crossed it. I have never met anybody who
could do that. My brother once tried it and began to laugh in the middle.

The girl wanted to learn how to swim. Her aunt took her to the small beach behind the harbour. The water was cold and came up to
her knees. She stood there for a while and looked at the waves. Then she held her breath and let herself fall forward. When she
came up again, she asked if she could do it once more.

He wrote a letter to the woman who lived above the shop. He put it in his pocket and carried it with him for a week. On Friday
he went up the stairs and stood in front of her door. He could hear her voice and the sound of the radio. He laid the letter on the
floor and went away. The next morning there was an answer on his table.

The dog waits at the gate for the children to come home. It knows the sound of their steps on the road. Long before we can see
them, it gets up and moves its tail. The smallest child always has something for it in her pocket. It takes the piece of bread out of
her hand as gently as it can. Then they all run into the garden together.

At the end of the summer there is a feast in the square. The men carry the tables out of the inn and put them in a long row. The women
bring bread and fish and bowls of plums. When it gets dark, they hang lamps in the trees. Somebody begins to play, and the old people
are the first to dance. I fell asleep under a table once and nobody found me before morning.
`;
