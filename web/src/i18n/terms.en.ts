/** What the words of the field mean, each in one or two sentences. */
export const terms = {
  count:
    "The number of strong references to an object. CPython frees the object at the instant at which it falls to 0.",
  weak: "A reference that does not add to the count and keeps nothing alive. When its target dies it gives None.",
  strong:
    "An ordinary reference: a name, an attribute, an item of a list. Each adds 1 to the count.",
  borrowed:
    "A use of an object that CPython 3.14 does not count, because a reference further out is sure to outlive it: mostly an argument of a function.",
  retained:
    "Memory that would be given back if the object died: its own, and that of all it alone keeps alive.",
  island:
    "Objects that hold each other although no name reaches them any more. Their counts never fall to 0; only the collector can free them.",
  cycle:
    "Strong references that lead back to where they began. Each object on the way is held by the one before it, so no count among them falls to 0.",
  collector:
    "The part of Python that looks for islands and frees them. It runs now and then, or when gc.collect() is called.",
  generation:
    "The collector sorts objects by how many of its runs they have survived, and looks at the young ones most often.",
  rank: "How far it stands from the inputs: 1 more than the highest generation among what it was made of. backward() takes the highest first.",
  root: "An object is alive as long as strong references lead to it from a root: a name of the module, a function that runs, or what C code holds.",
  graph:
    "The computation as it was made: a Variable holds the Function that made it, which holds its inputs. backward() walks it down.",
  gradient:
    "The derivative of the result with respect to a Variable. backward() leaves it in the attribute grad.",
  closure:
    "A function that uses variables of the function it was defined in. It holds them, in cells, for as long as it lives itself.",
  frame:
    "What the call of a function runs in. It holds the local variables, mostly until the call returns.",
  traceback:
    "What an exception knows about its way: the lines it went through, and the frames they ran in.",
  view: "An array that reads the memory of another one. It has none of its own and keeps all of the other’s.",
  owner: "The array whose memory it is: the memory is given back when this one dies.",
  fall: "Deaths that follow from one: with the last reference goes an object, and with it what only it held.",
  variable:
    "The engine’s object around an array. It knows its gradient and the function that made it.",
  function:
    "One call of an operation. It keeps its inputs, and knows its outputs weakly or strongly.",
  array: "NumPy’s array. Nearly all bytes are in its buffer.",
  instance: "An object of a class of the program’s own.",
  bytes:
    "Bytes of the buffers of arrays. Python’s own objects are small beside them and not counted.",
  peak: "The most that was alive at one instant up to here, within a line too.",
  live: "Born and not yet freed: what no name can reach is among it until the collector comes.",
  line: "Each cell is one executed line: what was recorded has its own clock, and no seconds.",
  step: "A step is the end of one executed line: of the program, of a function of its own, or of an input of the console.",
  pass: "A pass is one of the times that the same line was executed, as in a loop. Shift and an arrow step within the line.",
  shelf: "What died in earlier steps is no longer drawn: it is counted here, and a press lists it.",
  older:
    "An island that a newer one has taken the place of is still out of reach, but drawn no more; a press lists them.",
  death:
    "The instant at which an object is freed: its count fell to 0, or the collector took it. †3 means that three fell.",
  marks:
    "† is an instant at which objects are freed: †3 means that three fell. ◇ is a run of the collector, filled where it found something. D and G go to the next one.",
  collection:
    "A run of the collector, drawn ◇; filled where it found something. G goes to the next one.",
  state:
    "Alive while a name reaches it, unreachable while only an island holds it, dead once freed.",
  name: "The names that refer to the object now; of a dead one, its last.",
  type: "A Variable, a Function, NumPy’s ndarray, or a class of the program’s own.",
  label: "Type and number in order of birth: what the object is called wherever it has no name.",
  born: "The line that was being executed when the object came to be.",
  cause: "What freed it: its reference count at 0, or the collector.",
  compare:
    "Runs the program twice, with weak and with strong outputs, and shows both at one instant.",
  weakOutputs:
    "Functions hold their outputs weakly, as in step 17 of the book: no cycle comes to be, and counts alone free the graph.",
  strongOutputs:
    "Functions hold their outputs strongly, as before step 17: variable and function hold each other until the collector comes.",
  costs: "Bytes of arrays that the line’s last run up to now allocated and freed.",
  unreachable: "Alive, with a count above 0, and yet on no way from a name.",
};
