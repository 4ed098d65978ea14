/**
 * What is said in a small harbour town, written for this site: a text with quotation marks that open and close, for a model that
 * reads it letter by letter.
 */
export const harbourTalk = `
“Is the tide in?” asked the boy. “Not yet,” said the old man. “It will be here by noon.” The boy sat down on the wall to wait.
The dog lay down beside him. “How do you know?” asked the boy. The old man looked at the water. “I have seen it come in every
day for sixty years,” he said.

The baker put his head out of the door. “There is warm bread,” he called. “And there are rolls with butter.” Two women came up
the street with a basket. “We will take four,” said the first one. “And one for the child,” said the other. The baker counted
the rolls on his hand. “That makes five,” he said.

“Where is my hat?” asked the captain. Nobody on the boat had seen it. “It was on the table when I went to sleep,” he said. The
cook looked under the table. “There is a cat here,” said the cook. “And the cat has a hat.” The captain laughed for the first
time that week. “Let her keep it,” he said.

My grandmother kept her letters in a tin. “This one came from the north,” she said. “And this one came from the south.” She could
not read them any more. “Read me the one with the blue stamp,” she said. I read it to her slowly. “Yes,” she said at the end.
“That is how he was.”

The teacher stood at the map. “Who can show me the island?” she asked. A girl put up her hand. “It is here,” said the girl. “My
father goes there on the ferry.” The teacher gave her the chalk. “Then draw the line that he takes,” said the teacher. The line
went once around the bay.

“Will it rain?” asked my mother. My father went to the window. “There is one cloud,” he said. “And it is a small one.” They took the
basket and walked down to the beach. The rain came when they had laid out the bread. “A small one,” said my mother. My father held
his coat over the bread.

The doctor came late in the evening. “Does it hurt here?” he asked. “No,” said my brother. “Does it hurt there?” asked the doctor.
“Only when I laugh,” said my brother. The doctor put his things back into the bag. “Then do not laugh before Monday,” he said. My
brother laughed, and it hurt.

“Can you hear the bell?” asked the keeper of the light. I listened, and I heard the wind. “Wait,” she said. Then it came, once and far
away. “That is the ferry in the fog,” she said. “They ring, and I answer.” She pulled the rope, and our own bell rang over the water.
“Now they know where we are,” she said.

The carpenter showed me a chair. “This leg is new,” he said. “And this one is older than the house.” I looked at both of them. “I can see
no difference,” I said. The carpenter smiled. “Sit down on it,” he said. “Then you will hear one.”

“What did you find in the net?” asked the woman at the market. “Weed,” said the fisherman. “And what else?” she asked. “More weed,” he
said. “Then I will take the weed,” said the woman. “My goat likes it.” The fisherman gave her all of it. “Tomorrow there will be fish,” he
said.

“Do you play the same three songs every night?” asked the man from the city. My father did not stop. “No,” he said. “On Sunday I leave one
out.” The man listened to the end. “Which one is it?” he asked. “Nobody has ever noticed,” said my father.

The clock on the tower is five minutes late. “Why does nobody put it right?” asked the man from the city. “It has always been late,” said the
baker. “We are used to it.” The man looked at his watch. “Then my train has left,” he said. “There is another one tomorrow,” said the
baker. “Take a roll.”

“Who threw the ball into the pond?” asked our uncle. The boy looked at his shoes. “The wind,” he said. “There is no wind today,” said our
uncle. “There was some,” said the boy. Our uncle took the long stick and went down to the water. “Then come and help me,” he said.

“Here is the key of the old mill,” said the owner. “But I have to tell you something.” The man from the city put down his pen. “The wheel does
not turn,” said the owner. “And the roof lets in the rain.” The man from the city was quiet for a while. “And what does it do well?” he asked.
“It stands,” said the owner.
`;
