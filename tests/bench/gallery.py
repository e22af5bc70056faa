"""Programs of the kind that Python Tutor's gallery shows to beginners."""

GALLERY = {
    "factorial": """
def fact(n):
    if n == 0:
        return 1
    else:
        return n * fact(n - 1)
print(fact(8))
""",
    "linked list": """
class Node:
    def __init__(self, value, rest=None):
        self.value = value
        self.rest = rest
head = None
for value in range(12):
    head = Node(value, head)
total = 0
here = head
while here:
    total += here.value
    here = here.rest
previous = None
while head:
    head.rest, previous, head = previous, head, head.rest
print(total, previous.value)
""",
    "aliases": """
x = [1, 2, 3]
y = x
z = list(x)
y.append(4)
w = [x, y, z]
v = w[:]
v[0] = [5]
w[1].append(z)
table = {"x": x, "z": [z, w]}
table["x"] += [6]
del x[0]
x = y = None
print(table["x"], len(v))
""",
    "closures": """
def counter(start):
    count = start
    def step(by=1):
        nonlocal count
        count += by
        return count
    return step
def compose(f, g):
    return lambda x: f(g(x))
steps = [counter(n) for n in range(4)]
double = lambda x: 2 * x
both = compose(double, steps[0])
for step in steps:
    for by in (1, 2, 3):
        step(by)
print(both(5), [step() for step in steps])
""",
    "classes": """
class Shape:
    kinds = []
    def __init__(self, name):
        self.name = name
        Shape.kinds.append(name)
    def area(self):
        return 0
    def describe(self):
        return f"{self.name}: {self.area()}"
class Square(Shape):
    def __init__(self, side):
        super().__init__("square")
        self.side = side
    def area(self):
        return self.side ** 2
class Cube(Square):
    def __init__(self, side):
        super().__init__(side)
        self.name = "cube"
        self.faces = [Square(side) for _ in range(3)]
    def area(self):
        return 2 * sum(face.area() for face in self.faces)
shapes = [Square(2), Cube(3), Shape("dot")]
for shape in shapes:
    print(shape.describe())
""",
    "Hanoi": """
def move(n, source, spare, target):
    if n:
        move(n - 1, source, target, spare)
        target.append(source.pop())
        move(n - 1, spare, source, target)
a, b, c = [4, 3, 2, 1], [], []
move(4, a, b, c)
print(a, b, c)
""",
    "insertion sort": """
def insertion_sort(items):
    for i in range(1, len(items)):
        value = items[i]
        place = i
        while place > 0 and items[place - 1] > value:
            items[place] = items[place - 1]
            place -= 1
        items[place] = value
    return items
numbers = [5, 2, 9, 1, 7, 3, 8]
print(insertion_sort(numbers))
""",
}
